import { malformed, orDefault, wellFormed, type KsnFacts, type Malformed, type Stated } from '../model/facts';
import { isPolicy, type DeviceDocument, type Document, type PolicyDocument } from './document';
import type { Group } from './groups';
import { Ambiguity, parentOf, policyInForce, type ActivePolicy, type Project } from './project';

/** Whose Kaspersky Security Network group holds for a policy, or why that is not to be told. */
export type EffectiveGroup =
  | {
      readonly known: true;
      /** The policy whose group it is: the policy itself, or one above it. */
      readonly by: PolicyDocument;
      readonly enforced: boolean;
    }
  | Undecided;

/** What can't be told, and the document or the group that stands in the way. */
export interface Undecided {
  readonly known: false;
  readonly because: Ambiguity | Document;
}

/** What a policy's chain of parents does about inheritance. */
export type Forced = PolicyDocument | Malformed | undefined;

/**
 * The parents of a policy, nearest first. `broken` is set where the chain cannot be followed to its top,
 * since a group above has no single active policy.
 */
export function chainOf(
  project: Project,
  policy: PolicyDocument,
): { readonly parents: readonly PolicyDocument[]; readonly broken?: Ambiguity } {
  const parents: PolicyDocument[] = [];
  for (let at = policy; ;) {
    const parent = parentOf(project, at);
    if (parent === undefined) return { parents };
    if (parent instanceof Ambiguity) return { parents, broken: parent };
    parents.push(parent);
    at = parent;
  }
}

/** The nearest policy in the chain of parents that forces inheritance; malformed where that is not to be told. */
export function forcedBy(project: Project, policy: PolicyDocument): Forced {
  if (!hasPlace(project, policy)) return malformed;
  const { parents, broken } = chainOf(project, policy);
  let unknown = broken !== undefined;
  for (const parent of parents) {
    const force = orDefault(parent.facts.forceInChildren, false);
    // Were it out of office, it would have no parent.
    if (force === true) return policy.facts.status === malformed ? malformed : parent;
    if (force === malformed) unknown = true;
  }
  return unknown ? malformed : undefined;
}

/**
 * The effective KSN group of a policy: its parent's effective group if that is enforced and the policy
 * inherits (by its own word, or forced), otherwise its own.
 */
export function effectiveGroup(project: Project, policy: PolicyDocument): EffectiveGroup {
  const memo = project.effectiveGroups;
  const known = memo.get(policy);
  if (known) return known;
  if (!hasPlace(project, policy)) return { known: false, because: policy };
  // Up to the nearest policy that is known already, then down again: chains may be thousands long.
  const pending: PolicyDocument[] = [];
  let above: EffectiveGroup | undefined;
  for (let at = policy; ;) {
    above = memo.get(at);
    if (above) break;
    pending.push(at);
    const parent = parentOf(project, at);
    if (parent === undefined) break;
    if (parent instanceof Ambiguity) {
      above = { known: false, because: parent };
      break;
    }
    at = parent;
  }
  for (let i = pending.length - 1; i >= 0; i--) {
    const own = pending[i]!;
    above = decide(project, own, above);
    memo.set(own, above);
  }
  return above!;
}

/** Whether it can be told what lies above a policy: nothing lies above one that is out of office. */
function hasPlace(project: Project, policy: PolicyDocument): boolean {
  return policy.facts.status === 'outOfOffice' || project.groupOf(policy) !== undefined;
}

function decide(project: Project, policy: PolicyDocument, above: EffectiveGroup | undefined): EffectiveGroup {
  if (above && (!above.known || above.enforced)) {
    if (policy.facts.status === malformed) return { known: false, because: policy };
    const declared = orDefault(policy.facts.inheritFromParent, true);
    if (declared === true) return above;
    // Where it is forced to inherit, its own word is not asked.
    const forced = forcedBy(project, policy);
    if (forced && forced !== malformed) return above;
    if (declared === malformed) return { known: false, because: policy };
    if (forced === malformed) return { known: false, because: above.known ? policy : above.because };
  }
  const enforcement = orDefault(policy.facts.ksn.enforcement, 'undefined');
  if (enforcement === malformed) return { known: false, because: policy };
  return { known: true, by: policy, enforced: enforcement === 'enforce' };
}

/** Where the KSN settings of a document come from. */
export type Source =
  | {
      readonly known: true;
      /** The document whose `ksn` holds. */
      readonly by: Document;
      /** Whether it holds by enforcement, or is the device's own or an Undefined group's. */
      readonly enforced: boolean;
      /** Of a device: the policy in force, if any. Of a policy: itself. */
      readonly policy: PolicyDocument | undefined;
    }
  | Undecided;

/** Where the effective KSN settings of a policy (its effective group) or of a device come from. */
export function sourceOf(project: Project, document: PolicyDocument | DeviceDocument): Source {
  if (isPolicy(document)) {
    const group = effectiveGroup(project, document);
    return group.known ? { ...group, policy: document } : group;
  }
  const group = project.groupOf(document);
  if (!group) return { known: false, because: document };
  const source = sourceIn(project, group);
  return 'own' in source ? { known: true, by: document, enforced: false, policy: source.own } : source;
}

/** Where the settings of a group's devices come from: the same for all, or each device's own. */
export type GroupSource = Source | { readonly own: PolicyDocument | undefined };

function sourceIn(project: Project, group: Group): GroupSource {
  let source = project.groupSources.get(group);
  if (!source) {
    source = findSource(project, policyInForce(group));
    project.groupSources.set(group, source);
  }
  return source;
}

function findSource(project: Project, policy: ActivePolicy): GroupSource {
  if (policy instanceof Ambiguity) return { known: false, because: policy };
  if (policy === undefined) return { own: undefined };
  const decided = effectiveGroup(project, policy);
  if (!decided.known) return decided;
  return decided.enforced ? { ...decided, policy } : { own: policy };
}

/** KSN settings with defaults filled in; what is malformed stays so. */
export interface Settled {
  readonly enabled: boolean | Malformed;
  readonly useKscAsKsnProxy: boolean | Malformed;
  readonly statementVersion: Stated<string>;
  readonly accepted: boolean | Malformed;
}

export function settled(ksn: KsnFacts): Settled {
  return {
    enabled: orDefault(ksn.enabled, false),
    useKscAsKsnProxy: orDefault(ksn.useKscAsKsnProxy, false),
    statementVersion: ksn.statement?.version,
    accepted: ksn.statement ? orDefault(ksn.statement.accepted, false) : false,
  };
}

/** A member in which a document differs from what holds above it. */
export interface Deviation {
  readonly member: 'enabled' | 'useKscAsKsnProxy' | 'statement.version';
  readonly pointer: string;
  readonly own: boolean | string;
  readonly above: boolean | string | undefined;
}

const compared: readonly {
  readonly member: Deviation['member'];
  readonly pointer: string;
  readonly stated: (ksn: KsnFacts) => Stated<boolean | string>;
  readonly otherwise: false | undefined;
}[] = [
  { member: 'enabled', pointer: '/ksn/enabled', stated: (ksn) => ksn.enabled, otherwise: false },
  {
    member: 'useKscAsKsnProxy',
    pointer: '/ksn/useKscAsKsnProxy',
    stated: (ksn) => ksn.useKscAsKsnProxy,
    otherwise: false,
  },
  {
    member: 'statement.version',
    pointer: '/ksn/statement/version',
    stated: (ksn) => ksn.statement?.version,
    otherwise: undefined,
  },
];
const none: readonly Deviation[] = [];

/** The members that `own` states with another value than `above` (defaults filled in) has. */
export function deviations(own: KsnFacts, above: KsnFacts): readonly Deviation[] {
  let found: Deviation[] | undefined;
  for (const { member, pointer, stated, otherwise } of compared) {
    const value = wellFormed(stated(own));
    if (value === undefined) continue;
    const other = stated(above);
    if (other === malformed || value === (other ?? otherwise)) continue;
    (found ??= []).push({ member, pointer, own: value, above: other ?? otherwise });
  }
  return found ?? none;
}

/** Whether KSN is on and its Statement accepted, by a document's own word. */
export const isOn = (ksn: KsnFacts): boolean => ksn.enabled === true;
export const isAccepted = (ksn: KsnFacts): boolean => ksn.statement?.accepted === true;

/** The managing plug-in: the config's, without it the file's. */
export function managingPlugin(project: Project, document: Document) {
  const own = document.facts?.kind === 'policy' ? document.facts.plugin : undefined;
  return project.settings(document).plugin ?? own;
}

/**
 * The Statement required of a policy or a device: the one that the managing plug-in carries. `undefined`
 * where that is not known, malformed where the member that would say it is.
 */
export function requiredStatement(project: Project, document: Document): Stated<string> {
  const managing = project.settings(document).plugin?.statementVersion;
  if (managing !== undefined || document.facts?.kind !== 'policy') return managing;
  return document.facts.plugin?.statementVersion;
}
