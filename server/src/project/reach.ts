import { malformed, orDefault } from '../model/facts';
import type { AgentEntry } from '../model/config';
import type { DeviceDocument, PolicyDocument } from './document';
import { effectiveGroup, forcedBy } from './effective';
import { subtree, type Group } from './groups';
import { Ambiguity, activePolicy, policyInForce, type Project } from './project';

/** The agents that a policy reaches: entries of the config, and device documents. */
export interface Reach {
  readonly entries: readonly AgentEntry[];
  readonly devices: readonly DeviceDocument[];
}

const nothing: Reach = { entries: [], devices: [] };

/**
 * What a policy reaches: entries without groups, or with one above its own (their hosts may be there), and
 * whatever lies where the policy's KSN group is the one that decides. Nothing where its administration group
 * has two active policies: neither is taken.
 */
export function reachOf(project: Project, policy: PolicyDocument): Reach {
  const group = project.groupOf(policy);
  if (!group || isAmbiguous(policy, group)) return nothing;
  return within(project, policy, group, () => domainOf(project, policy, group));
}

/**
 * The hosts that live under a policy, whoever decides for them: its reach, or where it inherits, that part of
 * the deciding policy's reach that lies at or below its own group.
 */
export function met(project: Project, policy: PolicyDocument): Reach {
  const group = project.groupOf(policy);
  if (!group || isAmbiguous(policy, group)) return nothing;
  const effective = effectiveGroup(project, policy);
  if (!effective.known || effective.by === policy) return reachOf(project, policy);
  return within(project, policy, group, () => {
    const domain = new Set<Group>();
    for (const below of subtree(group)) {
      const inForce = policyInForce(below);
      if (!inForce || inForce instanceof Ambiguity) continue;
      const decided = effectiveGroup(project, inForce);
      if (decided.known && decided.by === effective.by) domain.add(below);
    }
    return domain;
  });
}

/** Whether agents are in the field: what is on no host is not. */
export const isInField = (entry: AgentEntry): boolean => entry.hosts !== 0;

function within(
  project: Project,
  policy: PolicyDocument,
  group: Group,
  findDomain: () => ReadonlySet<Group>,
): Reach {
  const domain = findDomain();
  const entries = project.settings(policy).agents.filter(
    (entry) =>
      entry.administrationGroups === undefined ||
      entry.administrationGroups.some((path) => {
        const { group: nearest, exact } = project.groups.nearest(path);
        if (exact && nearest !== group && nearest.contains(group)) return true;
        return domain.has(nearest);
      }),
  );
  const devices: DeviceDocument[] = [];
  for (const inside of domain) for (const device of inside.devices) devices.push(device);
  return { entries, devices };
}

function isAmbiguous(policy: PolicyDocument, group: Group): boolean {
  const status = orDefault(policy.facts.status, 'active');
  return status === malformed || (status === 'active' && activePolicy(group) instanceof Ambiguity);
}

/**
 * The groups in which a policy's own KSN group is the effective one. An out-of-office policy counts as if it
 * were in force in its group; an inactive one decides nowhere.
 */
export function domainOf(project: Project, policy: PolicyDocument, top: Group): ReadonlySet<Group> {
  const domain = new Set<Group>();
  const effective = effectiveGroup(project, policy);
  if (policy.facts.status === 'inactive' || !effective.known || effective.by !== policy) return domain;
  // Nobody inherits from an out-of-office policy: where another policy is active, that one decides.
  const inheritable = effective.enforced && policy.facts.status !== 'outOfOffice';
  const above = forcedBy(project, policy);
  const force = orDefault(policy.facts.forceInChildren, false) === true || typeof above === 'object';
  domain.add(top);
  const pending = [...top.children.values()].map((group) => ({ group, force }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const active = activePolicy(next.group);
    let { force } = next;
    if (active instanceof Ambiguity) continue;
    if (active) {
      const inherits = orDefault(active.facts.inheritFromParent, true) === true || force;
      // Where it does not inherit it decides for itself, and so does whatever is below it.
      if (!inheritable || !inherits) continue;
      force ||= orDefault(active.facts.forceInChildren, false) === true;
    }
    domain.add(next.group);
    for (const child of next.group.children.values()) pending.push({ group: child, force });
  }
  return domain;
}
