import { wellFormed } from '../model/facts';
import {
  isDevice,
  isPolicy,
  type Document,
  type DeviceDocument,
  type PolicyDocument,
} from '../project/document';
import { requiredStatement } from '../project/effective';
import { acceptanceDue } from '../project/outcome';
import type { Group } from '../project/groups';
import { policyInForce, type Project } from '../project/project';
import type { Finding } from '../rules/finding';
import { nameOf } from './names';
import { byName } from './natural-order';
import { stateOf } from './outcome-words';
import type { Counts, EditAction, TreeDocument, TreeGroup } from './protocol';
import { switchApplies, switches } from './switches';

/** What the tree is made of besides the project. */
export interface TreeSource {
  readonly project: Project;
  readonly findings: (path: string) => readonly Finding[];
  readonly uriOf: (path: string) => string;
}

/** The groups of a project that hold anything, with their policies, and the devices below the policy in force. */
export function treeOf(source: TreeSource): {
  readonly groups: readonly TreeGroup[];
  readonly ungrouped: readonly TreeDocument[];
} {
  const { project } = source;
  const devices = new Map<PolicyDocument, DeviceDocument[]>();
  const alone = new Map<Group, DeviceDocument[]>();
  const ungrouped: TreeDocument[] = [];
  for (const document of project.documents) {
    const group = project.groupOf(document);
    if (!group) ungrouped.push(treeDocument(source, document));
    else if (isDevice(document)) {
      const policy = policyInForce(group);
      if (policy && 'facts' in policy) add(devices, policy, document);
      else add(alone, group, document);
    }
  }
  const groups = [...project.groups.root.children.values()]
    .flatMap((group) => treeGroup(source, group, devices, alone) ?? [])
    .sort(byName);
  return { groups, ungrouped: ungrouped.sort(byName) };
}

function add<K>(to: Map<K, DeviceDocument[]>, key: K, device: DeviceDocument): void {
  const known = to.get(key);
  if (known) known.push(device);
  else to.set(key, [device]);
}

function treeGroup(
  source: TreeSource,
  group: Group,
  devices: ReadonlyMap<PolicyDocument, readonly DeviceDocument[]>,
  alone: ReadonlyMap<Group, readonly DeviceDocument[]>,
): TreeGroup | undefined {
  const groups = [...group.children.values()]
    .flatMap((child) => treeGroup(source, child, devices, alone) ?? [])
    .sort(byName);
  const policies = group.policies.map((policy) => ({
    ...treeDocument(source, policy),
    devices: (devices.get(policy) ?? []).map((device) => treeDocument(source, device)).sort(byName),
  }));
  const others = (alone.get(group) ?? []).map((device) => treeDocument(source, device));
  if (groups.length + policies.length + others.length === 0) return undefined;
  return {
    name: group.name,
    path: group.path,
    groups,
    policies: policies.sort(byName),
    devices: others.sort(byName),
  };
}

function treeDocument({ project, findings, uriOf }: TreeSource, document: Document): TreeDocument {
  const { facts, path } = document;
  const common = { uri: uriOf(path), path, name: nameOf(document), counts: countsOf(findings(path)) };
  if (!facts) {
    return {
      ...common,
      kind: 'unreadable',
      state: 'unknown',
      stateText: 'can’t be read',
      acceptanceDue: false,
      actions: [],
    };
  }
  const { state, text } = stateOf(project, document as PolicyDocument | DeviceDocument);
  const group = wellFormed(facts.administrationGroup);
  const statementVersion = facts.ksn.statement && wellFormed(facts.ksn.statement.version);
  return {
    ...common,
    kind: facts.kind,
    state,
    stateText: text,
    ...(group !== undefined && { administrationGroup: group }),
    ...(facts.kind === 'policy' && { status: wellFormed(facts.status) ?? 'active' }),
    ...(statementVersion !== undefined && { statementVersion }),
    acceptanceDue: isPolicy(document) && acceptanceDue(project, document),
    actions: actionsOf(project, document as PolicyDocument | DeviceDocument),
  };
}

function actionsOf(project: Project, document: PolicyDocument | DeviceDocument): EditAction['do'][] {
  return [
    ...switches.filter((each) => switchApplies(document, each)).map(({ id }) => id),
    ...(statementKnown(project, document) ? (['accept'] as const) : []),
  ];
}

/** Whether it is known which Statement has to be accepted. */
export function statementKnown(project: Project, document: PolicyDocument | DeviceDocument): boolean {
  return wellFormed(requiredStatement(project, document)) !== undefined;
}

/** How many findings of each severity, without those that an exception covers. */
export function countsOf(findings: Iterable<Finding>): Counts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) if (!finding.excepted) counts[finding.severity]++;
  return counts;
}
