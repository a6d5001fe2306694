import type { Level, Settings } from '../model/config';
import type { ConfigDocument, Document } from '../project/document';
import type { Project } from '../project/project';
import { rules, rulesById } from '../rules';
import type { Finding, Found } from '../rules/finding';
import type { Rule, RuleContext } from '../rules/rule';
import { covers } from '../rules/exceptions';
import { escapeInvisible } from '../syntax/shown';

/** What a judgement depends on besides the project; all of it is input, so that every answer can be reproduced. */
export interface Judgement {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Levels that go over those of the config (`--rule`). */
  readonly levels?: ReadonlyMap<string, Level>;
  /** Ignores all recorded exceptions. */
  readonly noExceptions?: boolean;
}

const none: readonly never[] = Object.freeze([]);
const checks = {
  policy: rules.filter((rule) => rule.check && !rule.after && rule.in.includes('policy')),
  device: rules.filter((rule) => rule.check && !rule.after && rule.in.includes('device')),
  config: rules.filter((rule) => rule.check && !rule.after && rule.in.includes('config')),
};
const byName = rules.filter((rule) => rule.check && rule.dependsOnName);
const afterExceptions = rules.filter((rule) => rule.after);

/** The findings of one policy or device within its project, in no particular order. */
export function judge(project: Project, document: Document, judgement: Judgement): readonly Finding[] {
  const settings = project.settings(document);
  const context = contextFor(project, settings, judgement);
  const findings = problemFindings(document, context);
  const { facts } = document;
  if (facts) run(checks[facts.kind], document as never, context, findings);
  const exceptions = facts?.exceptions ?? [];
  if (exceptions.length === 0 || judgement.noExceptions) return findings.length === 0 ? none : findings;

  // Many findings may meet many exceptions: which cover a rule is asked once.
  const byRule = new Map<string, readonly number[]>();
  const coveredBy = (id: string): readonly number[] => {
    let indexes = byRule.get(id);
    if (!indexes) {
      const rule = rulesById.get(id)!;
      indexes = exceptions.flatMap((exception, i) => (covers(exception, rule, judgement.now) ? [i] : []));
      byRule.set(id, indexes);
    }
    return indexes;
  };
  const judged = findings.map((finding) =>
    coveredBy(finding.rule).length > 0 ? { ...finding, excepted: true } : finding,
  );
  const covering = new Set([...byRule.values()].flat());
  run(afterExceptions, document as never, { ...context, covering }, judged);
  return judged;
}

/** The same for rules alone whose answer depends on the document's name, of a document without exceptions. */
export function judgeByName(project: Project, document: Document, judgement: Judgement): readonly Finding[] {
  const findings: Finding[] = [];
  run(byName, document as never, contextFor(project, project.settings(document), judgement), findings);
  return findings.length === 0 ? none : findings;
}

/** The findings of the project's config, those about configs nested below it included. */
export function judgeConfig(project: Project, judgement: Judgement): readonly Finding[] {
  const { config } = project;
  if (!config) return none;
  const context = contextFor(project, settingsAt(project, config.path), judgement);
  const findings = problemFindings(config, context);
  run(checks.config, config as never, context, findings);
  return findings;
}

/** All findings of a project: config first, then documents, in no particular order within. */
export function judgeProject(project: Project, judgement: Judgement): readonly Finding[] {
  const findings = [...judgeConfig(project, judgement)];
  for (const document of project.documents) {
    for (const finding of judge(project, document, judgement)) findings.push(finding);
  }
  return findings;
}

/** The level at which a rule is reported. */
export function levelOf(rule: Rule, settings: Settings, levels?: ReadonlyMap<string, Level>): Level {
  if (rule.always) return rule.severity;
  return levels?.get(rule.id) ?? settings.rules.get(rule.id) ?? rule.severity;
}

function contextFor(project: Project, settings: Settings, judgement: Judgement): RuleContext {
  return {
    project,
    settings,
    now: judgement.now,
    rules: rulesById,
    levelOf: (rule, path) =>
      levelOf(rule, path === undefined ? settings : settingsAt(project, path), judgement.levels),
  };
}

function settingsAt(project: Project, path: string): Settings {
  return project.settings({ path, facts: undefined, problems: [] });
}

function problemFindings(document: Document | ConfigDocument, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  for (const problem of document.problems) {
    const rule = context.rules.get(problem.rule);
    if (!rule) continue;
    const { message, anchor, repairs: fixes = none, value } = problem;
    report({ message, anchor, fixes, value }, rule, document.path, context, findings);
  }
  return findings;
}

function run(checked: readonly Rule[], document: never, context: RuleContext, findings: Finding[]): void {
  const { path } = document as Document;
  for (const rule of checked) {
    const found = rule.check!(document, context);
    if (found === undefined) continue;
    if (Array.isArray(found)) for (const one of found as Found[]) report(one, rule, path, context, findings);
    else report(found as Found, rule, path, context, findings);
  }
}

function report(found: Found, rule: Rule, path: string, context: RuleContext, findings: Finding[]): void {
  const level = context.levelOf(rule, found.path);
  if (level === 'off') return;
  findings.push({
    rule: rule.id,
    severity: found.weaker ? 'info' : level,
    // Values from files stand in the words: what can't be seen in them must not pass for something else.
    message: escapeInvisible(found.message),
    path: found.path ?? path,
    anchor: found.anchor,
    related: found.related?.map((at) => ({ ...at, message: escapeInvisible(at.message) })) ?? none,
    fixes: found.fixes?.map((fix) => ({ ...fix, title: escapeInvisible(fix.title) })) ?? none,
    excepted: false,
    value: found.value,
  });
}
