import { escaped } from '../engine/markdown';
import { wellFormed, type DocumentFacts } from '../model/facts';
import { isDevice, isPolicy, type Document } from '../project/document';
import type { Project } from '../project/project';
import { obstaclesTo } from './runbook-obstacles';
import {
  openStep,
  policySteps,
  saveStep,
  settingSteps,
  statementStep,
  step,
  type RunbookStep,
} from './runbook-steps';

/** How one document is carried over into the console. */
export interface Runbook {
  readonly path: string;
  readonly kind: 'policy' | 'device';
  readonly title: string;
  /** Why it can't be carried over as it is; the steps are those of a document in order then. */
  readonly obstacles: readonly string[];
  readonly steps: readonly RunbookStep[];
}

/**
 * The steps that carry a policy or a device into the console; only those that apply. `undefined` for a file
 * that is neither, or whose KSN settings can't be read.
 * @param before the document as the console is known to have it: only what differs becomes a step; `undefined`
 *   where that is not known, `null` where the console does not have it
 */
export function runbookFor(
  project: Project,
  document: Document,
  before?: DocumentFacts | null,
): Runbook | undefined {
  if (!isPolicy(document) && !isDevice(document)) return undefined;
  const { facts } = document;
  const kind = facts.kind;
  const name = wellFormed(facts.name) ?? document.path;
  const earlier = before ?? undefined;
  const changes = settingSteps(facts.ksn, earlier?.ksn, kind);
  const due = statementStep(project, document, earlier?.ksn);
  const steps = [
    ...(kind === 'policy' ? policySteps(facts, earlier, before === null) : []),
    ...(due && facts.ksn.enabled === true
      ? [...changes.enabling, due, ...changes.rest]
      : [...changes.enabling, ...changes.rest]),
  ];
  if (steps.length > 0) steps.unshift(openStep(facts, name, before === null));
  if (steps.length > 0) steps.push(saveStep(kind, facts.ksn));
  return {
    path: document.path,
    kind,
    title: `${kind === 'policy' ? 'Policy' : 'Device'} ${escaped(name)}`,
    obstacles: obstaclesTo(project, document),
    steps,
  };
}

/** What is to be done in the console for a policy that is gone from the project. */
export function runbookForRemoved(path: string, facts: DocumentFacts): Runbook {
  const name = wellFormed(facts.name) ?? path;
  const group = wellFormed(facts.administrationGroup);
  const policy = facts.kind === 'policy';
  return {
    path,
    kind: facts.kind,
    title: `${policy ? 'Policy' : 'Device'} ${escaped(name)}, removed`,
    obstacles: [],
    steps: policy
      ? [
          step(
            `In the group ${group ? `**${escaped(group)}**` : 'of the policy'}, delete the policy **${escaped(name)}**, or make it inactive.`,
            'What it enforced stays on the devices as last enforced until something else sets it: deleting the policy does not switch KSN off.',
          ),
        ]
      : [step('Nothing: the file described a device, and is no longer kept. The device keeps its settings.')],
  };
}

/**
 * Runbooks as one Markdown document with check boxes.
 * @param derivedFrom what they were made of, in words
 * @param shown a path within the project as Markdown
 */
export function runbookMarkdown(
  runbooks: readonly Runbook[],
  derivedFrom: string,
  shown: (path: string) => string = escaped,
): string {
  const lines = [
    '# Runbook: KSN settings of Kaspersky Endpoint Agent',
    '',
    `Derived from ${derivedFrom}. The console was not touched, and nothing here was read from it: every step is to be done, and checked, by hand.`,
  ];
  if (runbooks.length === 0) lines.push('', 'Nothing to do: no step follows from it.');
  for (const runbook of runbooks) {
    lines.push('', `## ${runbook.title}`, '', `From ${shown(runbook.path)}.`);
    for (const obstacle of runbook.obstacles) lines.push('', `> **First:** ${obstacle}`);
    lines.push('');
    if (runbook.steps.length === 0) lines.push('Nothing to do: the console has it so already.');
    for (const { text, notes } of runbook.steps) {
      lines.push(`- [ ] ${text}`);
      for (const note of notes) lines.push(`  - ${note}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
