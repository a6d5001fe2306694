import { orDefault } from '../model/facts';
import type { AgentEntry } from '../model/config';
import type { DeviceDocument, PolicyDocument } from './document';
import { forcedBy } from './effective';
import type { Group } from './groups';
import { Ambiguity, activePolicy, type Project } from './project';

/** The agents that a policy reaches: entries of the config, and device documents. */
export interface Reach {
  readonly entries: readonly AgentEntry[];
  readonly devices: readonly DeviceDocument[];
}

/**
 * What a policy reaches, as if it were in force in its group. An inactive policy reaches what it would if it
 * were active: whoever asks decides whether that matters.
 */
export function reachOf(project: Project, policy: PolicyDocument): Reach {
  const group = project.groupOf(policy);
  if (!group) return { entries: [], devices: [] };
  const domain = domainOf(project, policy, group);
  return {
    entries: reachedEntries(project, policy, group, domain),
    devices: [...domain].flatMap((inside) => inside.devices),
  };
}

/** The entries of the config's `agents` that a policy reaches. */
export function reachedEntries(
  project: Project,
  policy: PolicyDocument,
  group: Group,
  domain?: ReadonlySet<Group>,
): readonly AgentEntry[] {
  const { agents } = project.settings(policy);
  return agents.filter((entry) => {
    if (entry.administrationGroups === undefined) return true;
    return entry.administrationGroups.some((path) => {
      const { group: nearest, exact } = project.groups.nearest(path);
      if (exact && nearest !== group && nearest.contains(group)) return true; // its hosts may be here
      return group.contains(nearest) && (domain ??= domainOf(project, policy, group)).has(nearest);
    });
  });
}

/** The groups at or below a policy's in which its own KSN group is the effective one, if it is so in its own. */
export function domainOf(project: Project, policy: PolicyDocument, top: Group): ReadonlySet<Group> {
  const domain = new Set<Group>([top]);
  const enforced = policy.facts.ksn.enforcement === 'enforce';
  const outOfOffice = policy.facts.status === 'outOfOffice';
  const forced =
    orDefault(policy.facts.forceInChildren, false) === true ||
    (!outOfOffice && typeof forcedBy(project, policy) === 'object');
  const pending = [...top.children.values()].map((group) => ({ group, forced }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const active = activePolicy(next.group);
    let force = next.forced;
    if (active instanceof Ambiguity) continue;
    if (active) {
      const inherits = orDefault(active.facts.inheritFromParent, true) === true || force;
      if (!enforced || !inherits) continue; // it decides for itself, and so does whatever is below it
      force ||= orDefault(active.facts.forceInChildren, false) === true;
    }
    domain.add(next.group);
    for (const child of next.group.children.values()) pending.push({ group: child, forced: force });
  }
  return domain;
}
