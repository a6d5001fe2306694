import { escaped } from '../engine/markdown';
import { malformed, orDefault, wellFormed, type DocumentFacts, type KsnFacts } from '../model/facts';
import type { Document } from '../project/document';
import { isAccepted, requiredStatement, settled } from '../project/effective';
import type { Project } from '../project/project';

/** One step in the console. */
export interface RunbookStep {
  /** What to do, Markdown. */
  readonly text: string;
  /** What to look out for, Markdown. */
  readonly notes: readonly string[];
}

export const step = (text: string, ...notes: string[]): RunbookStep => ({ text, notes });

/** The properties are opened, or the policy is made. */
export function openStep(facts: DocumentFacts, name: string, isNew: boolean): RunbookStep {
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

/** What is set of a policy beside its KSN settings. @param isNew whether the console does not have it yet */
export function policySteps(
  facts: DocumentFacts,
  before: DocumentFacts | undefined,
  isNew: boolean,
): RunbookStep[] {
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

/** What is set in the group; the Statement is shown after what enables KSN, and before the rest. */
export function settingSteps(
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
export function statementStep(
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
    `When the KSN Statement is shown, check that it is ${version ? `version **${escaped(version)}**` : 'the one that your plug-in carries'}, read it in full, and accept its terms if you are the one who may.`,
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

export function saveStep(kind: 'policy' | 'device', ksn: KsnFacts): RunbookStep {
  return step(
    `**Save** the ${kind === 'policy' ? 'policy' : 'properties'}.`,
    ...(ksn.enabled === true
      ? ['After the next synchronisation, check on a host that KSN usage is on.']
      : []),
  );
}
