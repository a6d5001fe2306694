import { judge, judgeConfig, type Judgement } from '../../../server/src/engine/judge';
import { inOrder, Locator, type LocatedFinding } from '../../../server/src/engine/locate';
import { isUndecided } from '../../../server/src/engine/undecided';
import { malformed } from '../../../server/src/model/facts';
import { configName, isDevice, isPolicy, type Document } from '../../../server/src/project/document';
import { requiredStatement, settled, sourceOf } from '../../../server/src/project/effective';
import {
  outcomeOf,
  outcomeOfDevice,
  stateOfPolicy,
  statementOf,
  versionOf,
} from '../../../server/src/project/outcome';
import type { Project } from '../../../server/src/project/project';
import type { Finding } from '../../../server/src/rules/finding';
import { now, projectOf } from '../../rules/harness';
import type { Texts } from './projects';

const judgement: Judgement = { now };

/** The text of a file as an editor has it: without a byte order mark. */
export const bodyOf = (text: string | undefined): string => (text ?? '').replace(/^\ufeff/, '');

/** The project of a folder of texts. */
export const read = (texts: Texts): Project => projectOf(texts);

/** The findings of one file of a project, its config's where that is named. */
export function findingsOf(project: Project, path: string, by: Judgement = judgement): readonly Finding[] {
  if (path === configName) return judgeConfig(project, by);
  const document = project.document(path);
  return document ? judge(project, document, by) : [];
}

/** The paths of a project that may have findings. */
export function pathsOf(project: Project): string[] {
  const paths = [...project.documents].map(({ path }) => path).sort();
  return project.config ? [configName, ...paths] : paths;
}

/** All findings of a project with their places, in the order of every face. */
export function located(texts: Texts, project = read(texts), by?: Judgement): LocatedFinding[] {
  const locator = new Locator((path) => bodyOf(texts[path]));
  return pathsOf(project)
    .flatMap((path) => findingsOf(project, path, by))
    .map((finding) => locator.locate(finding))
    .sort(inOrder);
}

/** What devices do by a project: facts, effective settings, outcomes and what is required, as plain text. */
export function consequences(project: Project): string {
  const documents = [...project.documents].sort((a, b) => (a.path < b.path ? -1 : 1));
  const { facts, texts } = project.config ?? { facts: undefined, texts: undefined };
  return asText([documents.map((document) => consequencesFor(project, document)), facts, texts]);
}

function consequencesFor(project: Project, document: Document): unknown {
  const { path, facts } = document;
  const shared = {
    path,
    facts: withoutSwitch(facts),
    settings: project.settings(document),
    required: requiredStatement(project, document),
    undecided: isUndecided(project, document),
  };
  if (isPolicy(document)) {
    const outcome = outcomeOf(project, document);
    return {
      ...shared,
      effective: effectiveOf(project, document),
      state: stateOfPolicy(project, document),
      due: outcome.acceptanceDue,
      agents: outcome.agents
        .map(({ agent, outcome: what, atRisk }) =>
          asText([agent.device?.path, versionOf(agent), statementOf(agent), what, atRisk]),
        )
        .sort(),
    };
  }
  if (!isDevice(document)) return shared;
  return {
    ...shared,
    effective: effectiveOf(project, document),
    outcome: outcomeOfDevice(project, document),
  };
}

function effectiveOf(project: Project, document: Parameters<typeof sourceOf>[1]): unknown {
  const source = sourceOf(project, document);
  if (!source.known) return 'unknown';
  return [source.by.path, source.enforced, source.policy?.path, settled(source.by.facts!.ksn)];
}

// A device has no switch; whatever it states there has no effect.
function withoutSwitch(facts: Document['facts']): unknown {
  return facts?.kind === 'device' ? { ...facts, ksn: { ...facts.ksn, enforcement: undefined } } : facts;
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (part === malformed) return '(malformed)';
    if (part instanceof Map) return [...(part as Map<string, unknown>)].sort();
    return part;
  });
}
