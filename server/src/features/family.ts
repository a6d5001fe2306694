import type { DeviceDocument, PolicyDocument } from '../project/document';
import { subtree } from '../project/groups';
import { activePolicy, parentOf, policyInForce, type Project } from '../project/project';
import { byPath } from './natural-order';

/** The policies whose parent is this one, in path order; inactive ones of the groups below are not among them. */
export function childrenOf(project: Project, policy: PolicyDocument): PolicyDocument[] {
  const top = project.groupOf(policy);
  if (!top || activePolicy(top) !== policy) return [];
  const children: PolicyDocument[] = [];
  for (const group of subtree(top)) {
    if (group === top) continue;
    for (const other of group.policies) {
      if (other.facts.status !== 'inactive' && parentOf(project, other) === policy) children.push(other);
    }
  }
  return children.sort(byPath);
}

/** The devices for which a policy is the one in force, in path order. */
export function devicesOf(project: Project, policy: PolicyDocument): DeviceDocument[] {
  const top = project.groupOf(policy);
  if (!top || activePolicy(top) !== policy) return [];
  const devices: DeviceDocument[] = [];
  for (const group of subtree(top)) {
    if (group.devices.length > 0 && policyInForce(group) === policy) devices.push(...group.devices);
  }
  return devices.sort(byPath);
}
