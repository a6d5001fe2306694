import type { Stated } from '../model/facts';
import type { Pair } from './plan-pairs';

/** What has become of the pairs after some steps. */
export interface State {
  /** Indexes of pairs on which KSN is switched off. */
  readonly lostPairs: ReadonlySet<number>;
  /** Indexes of agents of such pairs, and of pairs that can't be judged. */
  readonly lostAgents: ReadonlySet<number>;
  readonly unknown: ReadonlySet<number>;
}

/**
 * Which pairs lose KSN, and which agents can't be judged.
 * @param unclear agents that can't, whatever Statement they carry
 * @param statements the Statements that meet in a pair
 */
export function judgeState(
  pairs: readonly Pair[],
  unclear: ReadonlySet<number>,
  statements: (pair: Pair) => { policy: Stated<string>; agent: Stated<string> },
): State {
  const lostPairs = new Set<number>();
  const lostAgents = new Set<number>();
  const unknown = new Set(unclear);
  pairs.forEach((pair, i) => {
    const { policy, agent } = statements(pair);
    if (typeof policy !== 'string' || typeof agent !== 'string') unknown.add(pair.agentIndex);
    else if (policy !== agent) {
      lostPairs.add(i);
      lostAgents.add(pair.agentIndex);
    }
  });
  return { lostPairs, lostAgents, unknown };
}

/** The agents on which KSN stays on under policies that some pairs switch off. */
export function beside(
  losing: readonly number[],
  lostAgents: ReadonlySet<number>,
  { lostPairs, unknown }: State,
  pairs: readonly Pair[],
): Set<number> {
  const found = new Set<number>();
  if (losing.length === 0) return found;
  const documents = new Set(losing.map((pair) => pairs[pair]!.document));
  pairs.forEach(({ document, agentIndex }, i) => {
    const stays = !lostPairs.has(i) && !lostAgents.has(agentIndex) && !unknown.has(agentIndex);
    if (stays && documents.has(document)) found.add(agentIndex);
  });
  return found;
}
