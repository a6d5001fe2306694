import { wellFormed } from '../model/facts';
import type { AgentEntry } from '../model/config';
import type { Agent } from '../project/outcome';
import type { Project } from '../project/project';

/** Which entries of the config's agents are the same agents before and after. */
export interface Identities {
  /** What identifies an entry on both sides. */
  of(entry: AgentEntry): string;
  /** The agent as each side records it; a device document stands for itself. */
  sidesOf(
    id: string,
    agent: Agent,
  ): { readonly before?: Agent | undefined; readonly after?: Agent | undefined };
}

interface Sides {
  readonly before: Project | undefined;
  readonly after: Project | undefined;
}

const known = new WeakMap<Project, { readonly sides: Sides; readonly identities: Identities }>();

/** Matches the agents of two states of a project; remembered for as long as both are the same. */
export function identify(sides: Sides): Identities {
  const key = sides.after ?? sides.before;
  const before = key && known.get(key);
  if (before?.sides.before === sides.before && before?.sides.after === sides.after && before)
    return before.identities;
  const identities = matched(entriesOf(sides.before), entriesOf(sides.after));
  if (key) known.set(key, { sides, identities });
  return identities;
}

/**
 * Entries of one version in the same groups are the same agents; of what is left, those in the same groups are,
 * in order: they were updated.
 */
function matched(before: readonly AgentEntry[], after: readonly AgentEntry[]): Identities {
  const ids = new Map<AgentEntry, string>();
  const recorded = new Map<string, { before?: Agent; after?: Agent }>();
  const identified = (was: AgentEntry | undefined, is: AgentEntry | undefined): void => {
    const id = `entry ${recorded.size}`;
    if (was) ids.set(was, id);
    if (is) ids.set(is, id);
    recorded.set(id, { ...(was && { before: { entry: was } }), ...(is && { after: { entry: is } }) });
  };
  const left = new Set(before);
  const right = new Set(after);
  for (const nameOf of [exact, place]) {
    for (const is of [...right]) {
      const was = [...left].find((entry) => nameOf(entry) === nameOf(is));
      if (!was) continue;
      left.delete(was);
      right.delete(is);
      identified(was, is);
    }
  }
  for (const was of left) identified(was, undefined);
  for (const is of right) identified(undefined, is);
  return {
    of: (entry) => ids.get(entry) ?? 'entry',
    sidesOf: (id, agent) => (agent.device ? { before: agent, after: agent } : (recorded.get(id) ?? {})),
  };
}

/** Where an entry stands: in the config itself, or in which override, and for which groups. */
const place = ({ pointer, administrationGroups }: AgentEntry): string =>
  JSON.stringify([pointer.replace(/\/\d+$/, ''), administrationGroups ?? null]);
const exact = (entry: AgentEntry): string => `${wellFormed(entry.version) ?? '?'} ${place(entry)}`;

function entriesOf(project: Project | undefined): AgentEntry[] {
  const facts = project?.config?.facts;
  return [...(facts?.agents ?? []), ...(facts?.overrides ?? []).flatMap((override) => override.agents ?? [])];
}
