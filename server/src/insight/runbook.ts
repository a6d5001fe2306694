import { escaped } from '../engine/markdown';
import { malformed, orDefault, wellFormed, type DocumentFacts, type KsnFacts } from '../model/facts';
import { isDevice, isPolicy, type Document } from '../project/document';
import { isAccepted, requiredStatement, settled } from '../project/effective';
import { parentOf, Ambiguity, type Project } from '../project/project';

/** One step in the console. */
export interface RunbookStep {
  /** What to do, Markdown. */
  readonly text: string;
  /** What to look out for, Markdown. */
  readonly notes: readonly string[];
}

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

function openStep(facts: DocumentFacts, name: string, isNew: boolean): RunbookStep {
  const group = wellFormed(facts.administrationGroup);
  const where = group ? ` in the administration group **${escaped(group)}**` : '';
  if (facts.kind === 'device') {
    return step(
      `Open the properties of the device **${escaped(name)}**${where}, and there the application properties of Kaspersky Endpoint Agent.`,
    );
  }
  return isNew
    ? step(
        `Create a policy of Kaspersky Endpoint Agent with the name **${escaped(name)}**${where}, and open its properties.`,
      )
    : step(`Open the properties of the policy **${escaped(name)}**${where}.`);
}

function policySteps(facts: DocumentFacts, before: DocumentFacts | undefined, isNew: boolean): RunbookStep[] {
  if (facts.kind !== 'policy') return [];
  const earlier = before?.kind === 'policy' ? before : undefined;
  const steps: RunbookStep[] = [];
  const status = orDefault(facts.status, 'active');
  if (
    status !== malformed &&
    status !== orDefault(earlier?.status, isNew || !earlier ? 'inactive' : 'active')
  ) {
    steps.push(
      step(
        `Set the policy status to **${{ active: 'Active', inactive: 'Inactive', outOfOffice: 'Out-of-office' }[status]}**.`,
      ),
    );
  }
  const inherit = orDefault(facts.inheritFromParent, true);
  if (inherit !== malformed && inherit !== orDefault(earlier?.inheritFromParent, true)) {
    steps.push(step(`${inherit ? 'Select' : 'Clear'} **Inherit settings from parent policy**.`));
  }
  const force = orDefault(facts.forceInChildren, false);
  if (force !== malformed && force !== orDefault(earlier?.forceInChildren, false)) {
    steps.push(step(`${force ? 'Select' : 'Clear'} **Force inheritance of settings in child policies**.`));
  }
  return steps;
}

function settingSteps(
  ksn: KsnFacts,
  before: KsnFacts | undefined,
  kind: 'policy' | 'device',
): { enabling: RunbookStep[]; rest: RunbookStep[] } {
  const now = settled(ksn);
  const then = before && settled(before);
  const enabling: RunbookStep[] = [];
  const rest: RunbookStep[] = [];
  if (now.enabled !== malformed && now.enabled !== then?.enabled) {
    enabling.push(
      now.enabled
        ? step(
            'In the section **Kaspersky Security Network**, select **Enable KSN usage**.',
            'With KSN usage on, statistics are sent to the vendor automatically, and files or parts of files that could be used to do harm may be sent for examination; the KSN Statement says which.',
          )
        : step('In the section **Kaspersky Security Network**, clear **Enable KSN usage**.'),
    );
  }
  if (now.useKscAsKsnProxy !== malformed && now.useKscAsKsnProxy !== then?.useKscAsKsnProxy) {
    rest.push(
      step(
        `${now.useKscAsKsnProxy ? 'Select' : 'Clear'} **Use Kaspersky Security Center as a KSN proxy server**.`,
      ),
    );
  }
  const enforcement = orDefault(ksn.enforcement, 'undefined');
  if (
    kind === 'policy' &&
    enforcement !== malformed &&
    (!before || enforcement !== orDefault(before.enforcement, 'undefined'))
  ) {
    rest.push(
      enforcement === 'enforce'
        ? step('Set the switch of the settings group to **Enforce**.')
        : step(
            'Set the switch of the settings group to **Undefined**.',
            'The values are saved, but not applied: each device keeps its own settings.',
          ),
    );
  }
  return { enabling, rest };
}

/** The Statement has to be accepted where KSN is enabled anew, or where what was accepted is not what is required. */
function statementStep(
  project: Project,
  document: Document & { readonly facts: DocumentFacts },
  before: KsnFacts | undefined,
): RunbookStep | undefined {
  const { ksn } = document.facts;
  if (ksn.enabled !== true) return undefined;
  const required = requiredStatement(project, document);
  const stated = wellFormed(ksn.statement?.version);
  const sameAsBefore =
    before !== undefined &&
    before.enabled === true &&
    isAccepted(before) &&
    before.statement?.version === ksn.statement?.version;
  if (isAccepted(ksn) && stated !== undefined && stated === required && sameAsBefore) return undefined;
  const version = typeof required === 'string' ? required : stated;
  const by = isAccepted(ksn) ? wellFormed(ksn.statement?.acceptedBy) : undefined;
  const at = isAccepted(ksn) ? wellFormed(ksn.statement?.acceptedAt) : undefined;
  return step(
    `When the KSN Statement is shown, check that it is version ${version ? `**${escaped(version)}**` : 'the one that your plug-in carries'}, read it in full, and accept its terms if you are the one who may.`,
    ...(typeof required === 'string'
      ? []
      : ['Which version the plug-in carries is not known to the project: note what the console shows.']),
    ...(by || at
      ? [
          `The file records that it was accepted${by ? ` by ${escaped(by)}` : ''}${at ? ` on ${escaped(at)}` : ''}. That documents an acceptance; it does not perform it here.`,
        ]
      : []),
  );
}

function obstaclesTo(project: Project, document: Document & { readonly facts: DocumentFacts }): string[] {
  const { ksn } = document.facts;
  const obstacles: string[] = [];
  if (document.problems.length > 0) {
    obstacles.push(
      'The file has problems of form; what can be read of it is carried over. Run `kea-policy validate` first.',
    );
  }
  const required = requiredStatement(project, document);
  if (ksn.enabled === true && !isAccepted(ksn)) {
    obstacles.push(
      'KSN is on, but the file records no acceptance of the KSN Statement: the console does not save it without.',
    );
  } else if (ksn.enabled === true && typeof required === 'string' && ksn.statement?.version !== required) {
    obstacles.push(
      `The file records an acceptance of Statement ${escaped(wellFormed(ksn.statement?.version) ?? '')}, and the plug-in carries ${escaped(required)}: it has to be accepted again.`,
    );
  }
  if (isPolicy(document)) {
    const parent = parentOf(project, document);
    if (parent && !(parent instanceof Ambiguity) && parent.facts.forceInChildren === true) {
      obstacles.push(
        `The parent policy ${escaped(wellFormed(parent.facts.name) ?? parent.path)} forces inheritance: what it enforces can't be changed here.`,
      );
    }
  }
  return obstacles;
}

function saveStep(kind: 'policy' | 'device', ksn: KsnFacts): RunbookStep {
  return step(
    `**Save** the ${kind === 'policy' ? 'policy' : 'properties'}.`,
    ...(ksn.enabled === true
      ? ['After the next synchronisation, check on a host that KSN usage is on.']
      : []),
  );
}

const step = (text: string, ...notes: string[]): RunbookStep => ({ text, notes });

/** Runbooks as one Markdown document with check boxes. @param derivedFrom what they were made of, in words */
export function runbookMarkdown(runbooks: readonly Runbook[], derivedFrom: string): string {
  const lines = [
    '# Runbook: KSN settings of Kaspersky Endpoint Agent',
    '',
    `Derived from ${derivedFrom}. The console was not touched, and nothing here was read from it: every step is to be done, and checked, by hand.`,
  ];
  if (runbooks.length === 0) lines.push('', 'Nothing to do: no step follows from it.');
  for (const runbook of runbooks) {
    lines.push('', `## ${runbook.title}`, '', `From ${escaped(runbook.path)}.`);
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
