import type { AgentEntry } from '../model/config';
import { effectiveGroup } from './effective';
import { subtree, type Group } from './groups';
import { Ambiguity, activePolicy, type Project } from './project';

/**
 * Entries of the config whose hosts are, or may be, where it can't be told whose settings hold: no policy
 * reaches them there, and yet one applies.
 */
export function undecidedEntries(project: Project): ReadonlySet<AgentEntry> {
  const found = new Set<AgentEntry>();
  for (const group of subtree(project.groups.root)) {
    const active = activePolicy(group);
    if (active === undefined) continue;
    const isAmbiguous = active instanceof Ambiguity;
    if (!isAmbiguous && effectiveGroup(project, active).known) continue;
    for (const policy of isAmbiguous ? active.policies : [active]) {
      for (const entry of project.settings(policy).agents) {
        if (entry.hosts !== 0 && mayBeIn(project, entry, group)) found.add(entry);
      }
    }
  }
  return found;
}

/** Whether hosts of an entry may be where the policy of a group is in force. */
function mayBeIn({ groups }: Project, { administrationGroups }: AgentEntry, group: Group): boolean {
  if (administrationGroups === undefined) return true;
  return administrationGroups.some((path) => {
    const { group: nearest, exact } = groups.nearest(path);
    return (exact && nearest.contains(group)) || governing(nearest) === group;
  });
}

/** The group itself, or the nearest above it, that has an active policy. */
function governing(group: Group): Group | undefined {
  let at: Group | undefined = group;
  while (at && activePolicy(at) === undefined) at = at.parent;
  return at;
}
