import { wellFormed } from '../model/facts';
import type { Agent } from '../project/outcome';
import { hostChanges, type HostChange, type Projects } from './diff-hosts';
import { holdingOf, type Holding } from './effective';
import { within, type Placed } from './pairs';

/** A policy or a device for which other settings, or other outcomes, hold than before. */
export interface DocumentChange {
  /** The path after; before, where it is gone. */
  readonly path: string;
  /** Its path before, where it was moved. */
  readonly from?: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: 'policy' | 'device';
  readonly name: string | null;
  readonly before: Holding | null;
  readonly after: Holding | null;
  readonly hosts: readonly HostChange[];
}

/** The agents that lose or gain KSN, each once. */
export interface Tally {
  readonly loss: Map<string, Agent>;
  readonly gain: Map<string, Agent>;
}

/** What becomes of a document, `undefined` where nothing does; enters hosts that lose or gain KSN into the tally. */
export function documentChange(
  was: Placed | undefined,
  is: Placed | undefined,
  projects: Projects,
  tally: Tally,
): DocumentChange | undefined {
  const holdingBefore = was ? holding(was) : null;
  const holdingAfter = is ? holding(is) : null;
  const hosts = hostChanges(was, is, projects);
  for (const change of hosts) {
    if (change.effect !== 'other') tally[change.effect].set(change.id, change.agent);
  }
  const moved = was && is && was.path !== is.path;
  if (!moved && hosts.length === 0 && JSON.stringify(holdingBefore) === JSON.stringify(holdingAfter)) {
    return undefined;
  }
  const { path, document } = (is ?? was)!;
  return {
    path,
    ...(moved && { from: was.path }),
    change: !was ? 'added' : !is ? 'removed' : 'changed',
    kind: document.facts.kind,
    name: wellFormed(document.facts.name) ?? null,
    before: holdingBefore,
    after: holdingAfter,
    hosts: hosts.map(({ id: _id, agent: _agent, ...change }) => change),
  };
}

function holding({ project, document, path }: Placed): Holding {
  const holds = holdingOf(project, document);
  const prefix = path.slice(0, path.length - document.path.length).replace(/\/$/, '');
  return { ...holds, decidedBy: holds.decidedBy === null ? null : within(prefix, holds.decidedBy) };
}
