import { hostsOn, type HostCount } from '../project/hosts';
import type { Project } from '../project/project';
import type { LocatedFinding } from '../engine/locate';
import { acceptanceChange, type AcceptanceChange } from './diff-acceptances';
import { configChanges } from './diff-configs';
import { documentChange, type DocumentChange, type Tally } from './diff-documents';
import { exceptionChanges } from './diff-exceptions';
import type { GuardChange } from './diff-guards';
import { differingIn, pairs, within, type Differing, type Side } from './pairs';

export interface DiffAnswer {
  readonly documents: readonly DocumentChange[];
  readonly acceptances: readonly AcceptanceChange[];
  readonly guards: readonly GuardChange[];
  readonly newFindings: readonly LocatedFinding[];
  readonly goneFindings: readonly LocatedFinding[];
  /** Hosts that lose or gain KSN; an agent reached by several policies counts once. */
  readonly lost: HostCount;
  readonly gained: HostCount;
}

/** What a change means: everything on one side against everything on the other. */
export function diff(
  before: Side,
  after: Side,
  differing: Differing = differingIn(before, after),
): DiffAnswer {
  const documents: DocumentChange[] = [];
  const acceptances: AcceptanceChange[] = [];
  const guards: GuardChange[] = [];
  for (const prefix of new Set([...before, ...after].map((part) => part.prefix))) {
    const at = (side: Side) => side.find((part) => part.prefix === prefix);
    for (const change of configChanges(at(before)?.project, at(after)?.project)) {
      guards.push({ ...change, path: within(prefix, change.path) });
    }
  }
  const projectsAt = (path: string) => ({ before: projectAt(before, path), after: projectAt(after, path) });
  const tally: Tally = { loss: new Map(), gain: new Map() };
  for (const [was, is] of pairs(before, after, differing)) {
    const change = documentChange(was, is, projectsAt((is ?? was)!.path), tally);
    if (change) documents.push(change);
    const acceptance = acceptanceChange(was, is);
    if (acceptance) acceptances.push(acceptance);
    guards.push(...exceptionChanges(was, is));
  }
  // What an exception covers is no problem: covered anew it is gone, and the exception is said among the guards.
  const findings = (side: Side): LocatedFinding[] =>
    side.flatMap((part) =>
      part.findings
        .filter(({ excepted }) => !excepted)
        .map((finding) => ({ ...finding, path: within(part.prefix, finding.path) })),
    );
  const found = { before: findings(before), after: findings(after) };
  const known = new Set(found.before.map(identityOfFinding));
  const now = new Set(found.after.map(identityOfFinding));
  return {
    documents: documents.sort(byPath),
    acceptances: acceptances.sort(byPath),
    guards: guards.sort(byPath),
    newFindings: found.after.filter((finding) => !known.has(identityOfFinding(finding))),
    goneFindings: found.before.filter((finding) => !now.has(identityOfFinding(finding))),
    lost: hostsOn(tally.loss.values()),
    gained: hostsOn(tally.gain.values()),
  };
}

const identityOfFinding = ({ path, identity }: LocatedFinding): string => `${path} ${identity}`;

/** The project of a side that a file at that path would be in. */
function projectAt(side: Side, path: string): Project | undefined {
  const holding = side.filter(({ prefix }) => prefix === '' || path.startsWith(`${prefix}/`));
  return holding.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.project;
}

const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
