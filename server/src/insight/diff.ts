import { malformed, wellFormed, type ExceptionFacts } from '../model/facts';
import type { ConfigFacts, Level } from '../model/config';
import { isDevice } from '../project/document';
import { mayDiffer } from '../project/affected';
import { effectiveGroup, sourceOf } from '../project/effective';
import { hostsOn, type HostCount } from '../project/hosts';
import {
  hostsOf,
  outcomeOfDevice,
  outcomeOn,
  outcomeOf,
  statementOf,
  versionOf,
  type Agent,
  type Outcome,
} from '../project/outcome';
import { Ambiguity, policyInForce, type Project } from '../project/project';
import { rulesById } from '../rules';
import type { LocatedFinding } from '../engine/locate';
import { identify } from './agent-identity';
import { identity, pairs, within, type Judged, type Placed, type Side } from './pairs';
import { effectiveAnswer, type EffectiveSettings } from './effective';

/**
 * What becomes of KSN on hosts: an outcome, or `as-last-enforced`: nothing enforces settings there any more,
 * so they stay as they were until something else sets them.
 */
export type Fate = Outcome | 'as-last-enforced' | 'none';

/** Hosts of one agent on which something changes. */
export interface HostChange {
  readonly version: string | null;
  readonly statementVersion: string | null;
  readonly hosts: number | null;
  /** Host name of a device document; null for an entry of the config. */
  readonly device: string | null;
  readonly before: Fate;
  readonly after: Fate;
  readonly effect: 'loss' | 'gain' | 'other';
}

/** What holds for a document. */
export interface Holding {
  readonly settings: EffectiveSettings;
  readonly enforced: boolean | null;
  readonly decidedBy: string | null;
  readonly state: Outcome;
}

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

export interface AcceptanceChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: RecordedAcceptance | null;
  readonly after: RecordedAcceptance | null;
}

export interface RecordedAcceptance {
  readonly version: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: string | null;
  readonly sha256: string | null;
}

/** A change to what guards the policies rather than to a policy: how a gate is switched off. */
export interface GuardChange {
  readonly path: string;
  readonly what:
    'exception' | 'severity' | 'approvers' | 'evidence' | 'ignore' | 'config' | 'surroundings' | 'overrides';
  /** A sentence. */
  readonly message: string;
  /** It makes less be found, or lets more people accept. */
  readonly weakens: boolean;
}

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

/** The agents that lose or gain KSN, each once. */
interface Tally {
  readonly loss: Map<string, Agent>;
  readonly gain: Map<string, Agent>;
}

/** What a change means: everything on one side against everything on the other. */
export function diff(before: Side, after: Side): DiffAnswer {
  const documents: DocumentChange[] = [];
  const acceptances: AcceptanceChange[] = [];
  const guards: GuardChange[] = [];
  const differing = new Map<Project, ReadonlySet<string> | undefined>();
  for (const prefix of new Set([...before, ...after].map((part) => part.prefix))) {
    const at = (side: Side) => side.find((part) => part.prefix === prefix);
    const [was, is] = [at(before), at(after)];
    if (was && is) differing.set(is.project, mayDiffer(was.project, is.project));
    for (const change of configChanges(at(before)?.project, at(after)?.project)) {
      guards.push({ ...change, path: within(prefix, change.path) });
    }
  }
  const projectsAt = (path: string) => ({ before: projectAt(before, path), after: projectAt(after, path) });
  const tally: Tally = { loss: new Map(), gain: new Map() };
  for (const [was, is] of pairs(before, after)) {
    // Most documents of an estate are none of the change.
    if (was && is && was.path === is.path && differing.get(is.project)?.has(is.document.path) === false)
      continue;
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

const identityOfFinding = ({ path, fingerprint }: LocatedFinding): string => `${path} ${fingerprint}`;

/** The project of a side that a file at that path would be in. */
function projectAt(side: Side, path: string): Project | undefined {
  const holding = side.filter(({ prefix }) => prefix === '' || path.startsWith(`${prefix}/`));
  return holding.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.project;
}

interface Projects {
  readonly before: Project | undefined;
  readonly after: Project | undefined;
}

function documentChange(
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
  const { settings, enforced, decidedBy, state } = effectiveAnswer(project, document, false)!;
  const prefix = path.slice(0, path.length - document.path.length).replace(/\/$/, '');
  return { settings, enforced, decidedBy: decidedBy === null ? null : within(prefix, decidedBy), state };
}

interface IdentifiedHostChange extends HostChange {
  readonly id: string;
  readonly agent: Agent;
}

/** What changes on the agents under a document, before and after taken together. */
function hostChanges(
  was: Placed | undefined,
  is: Placed | undefined,
  projects: Projects,
): IdentifiedHostChange[] {
  const agents = new Map<string, { before?: Met; after?: Met }>();
  const identities = identify(projects);
  const collect = (side: 'before' | 'after', at: Placed | undefined): void => {
    for (const met of at ? fates(at) : []) {
      const id = met.agent.device ? identity(met.agent.device.facts) : identities.of(met.agent.entry);
      agents.set(id, { ...agents.get(id), [side]: met });
    }
  };
  collect('before', was);
  collect('after', is);
  const changes: IdentifiedHostChange[] = [];
  for (const [id, { before, after }] of agents) {
    const { agent } = (after ?? before)!;
    const recorded = identities.sidesOf(id, agent);
    const [then, now] = fateChange(
      before?.fate ?? fateElsewhere(projects.before, (was ?? is)!.document, recorded.before ?? agent),
      after?.fate ?? fateElsewhere(projects.after, (is ?? was)!.document, recorded.after ?? agent),
      recorded,
      staysAsEnforced(was, is),
    );
    if (then === now) continue;
    changes.push({
      id,
      agent,
      version: wellFormed(versionOf(agent)) ?? null,
      statementVersion: wellFormed(statementOf(agent)) ?? null,
      hosts: hostsOf(agent) ?? null,
      device: agent.device ? (wellFormed(agent.device.facts.name) ?? agent.device.path) : null,
      before: then,
      after: now,
      effect: effectOf(then, now),
    });
  }
  return changes;
}

interface Met {
  readonly agent: Agent;
  readonly fate: Fate;
}

/** The fates before and after as a comparison may state them. */
function fateChange(
  then: Fate,
  now: Fate,
  recorded: { readonly before?: Agent | undefined; readonly after?: Agent | undefined },
  stays: boolean,
): [Fate, Fate] {
  // What became of agents that only one side records is not known there: another Statement may be why.
  if (!recorded.before && then === 'switched-off') return [now, now];
  if (!recorded.after && now === 'switched-off') return [then, then];
  // What was enforced once stays on the device when nothing enforces it any more.
  const enforced = then !== 'device' && then !== 'none';
  if (enforced && (stays || now === 'device' || now === 'none')) now = 'as-last-enforced';
  return [then, now];
}

/** Whether a device was under an enforced policy and is not any more, while nothing was set on it. */
function staysAsEnforced(was: Placed | undefined, is: Placed | undefined): boolean {
  if (!was || !is || !isDevice(was.document) || !isDevice(is.document)) return false;
  const before = sourceOf(was.project, was.document);
  const after = sourceOf(is.project, is.document);
  const released = before.known && before.enforced && after.known && !after.enforced;
  return released && text(was.document.facts.ksn) === text(is.document.facts.ksn);
}

function effectOf(before: Fate, after: Fate): HostChange['effect'] {
  const isLost = after === 'off' || after === 'blocked' || after === 'switched-off';
  if (before === 'on' && isLost) return 'loss';
  return before !== 'on' && after === 'on' ? 'gain' : 'other';
}

function fates({ project, document }: Placed): Met[] {
  if (isDevice(document)) return [{ agent: { device: document }, fate: outcomeOfDevice(project, document) }];
  const policy = document;
  if (policy.facts.status === 'inactive') return [];
  // Device documents are compared by themselves.
  return outcomeOf(project, policy).agents.flatMap(({ agent, outcome }) =>
    agent.entry ? [{ agent, fate: outcome }] : [],
  );
}

/** What holds for an agent on a side on which the document does not reach it: the policy in force in its group. */
function fateElsewhere(project: Project | undefined, document: Judged, agent: Agent): Fate {
  const path = wellFormed(document.facts.administrationGroup);
  if (!project || path === undefined || agent.device) return 'none'; // a device that is not there
  const policy = policyInForce(project.groups.nearest(path).group);
  if (policy === undefined) return 'none';
  if (policy instanceof Ambiguity) return 'unknown';
  const group = effectiveGroup(project, policy);
  if (!group.known) return 'unknown';
  return group.enforced ? outcomeOn(group.by.facts.ksn, statementOf(agent)) : 'device';
}

function acceptanceChange(was: Placed | undefined, is: Placed | undefined): AcceptanceChange | undefined {
  const before = recorded(was?.document);
  const after = recorded(is?.document);
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return {
    path: (is ?? was)!.path,
    change: !before ? 'added' : !after ? 'removed' : 'changed',
    before,
    after,
  };
}

function recorded(document: Judged | undefined): RecordedAcceptance | null {
  const statement = document?.facts.ksn.statement;
  if (statement?.accepted !== true) return null;
  return {
    version: wellFormed(statement.version) ?? null,
    acceptedBy: wellFormed(statement.acceptedBy) ?? null,
    acceptedAt: wellFormed(statement.acceptedAt) ?? null,
    sha256: wellFormed(statement.sha256) ?? null,
  };
}

function exceptionChanges(was: Placed | undefined, is: Placed | undefined): GuardChange[] {
  const path = (is ?? was)!.path;
  const before = new Map(
    (was?.document.facts.exceptions ?? []).map((exception) => [describe(exception), exception]),
  );
  const after = new Map(
    (is?.document.facts.exceptions ?? []).map((exception) => [describe(exception), exception]),
  );
  const changes: GuardChange[] = [];
  for (const [id, exception] of after) {
    if (before.has(id)) continue;
    const message = `An exception from ${ruleOf(exception)} is recorded${approval(exception)}.`;
    changes.push({ path, what: 'exception', message, weakens: true });
  }
  for (const [id, exception] of before) {
    if (after.has(id) || !is) continue;
    changes.push({
      path,
      what: 'exception',
      message: `An exception from ${ruleOf(exception)} is gone.`,
      weakens: false,
    });
  }
  return changes;
}

const describe = ({ rule, reason, approvedBy, expires }: ExceptionFacts): string =>
  JSON.stringify(
    [rule, reason, approvedBy, expires].map((stated) => (stated === malformed ? '?' : (stated ?? null))),
  );
const ruleOf = ({ rule }: ExceptionFacts): string => wellFormed(rule) ?? 'an unreadable rule';

function approval({ approvedBy, expires }: ExceptionFacts): string {
  const by = wellFormed(approvedBy);
  const until = wellFormed(expires);
  return `${by ? `, approved by ${by}` : ', approved by nobody named'}${until ? `, until ${until}` : ', without an end'}`;
}

function configChanges(before: Project | undefined, after: Project | undefined): GuardChange[] {
  const was = before?.config;
  const is = after?.config;
  const changes: GuardChange[] = [];
  const path = is?.path ?? was?.path ?? '';
  const add = (what: GuardChange['what'], message: string, weakens: boolean): void => {
    changes.push({ path, what, message, weakens });
  };
  if (!was && is && before) add('config', 'The project has a config that it had not.', false);
  if (was && !is && after) add('config', 'The config of the project is gone: all its settings are.', true);
  for (const nested of after?.nestedConfigs ?? []) {
    if (before && !before.nestedConfigs.includes(nested)) {
      changes.push({
        path: nested,
        what: 'config',
        message: 'A new config takes its folder out of the project.',
        weakens: true,
      });
    }
  }
  if (!was || !is) return changes;
  levelChanges(was.facts, is.facts, add);
  const approversBefore = was.facts.acceptance?.approvers ?? [];
  const approversAfter = is.facts.acceptance?.approvers ?? [];
  for (const name of approversAfter.filter((name) => !approversBefore.includes(name))) {
    add('approvers', `${name} may accept the Statement.`, approversBefore.length > 0);
  }
  for (const name of approversBefore.filter((name) => !approversAfter.includes(name))) {
    add('approvers', `${name} may no longer accept the Statement.`, false);
  }
  if (approversBefore.length > 0 && approversAfter.length === 0)
    add('approvers', 'Anyone may accept the Statement.', true);
  const evidenceBefore = was.facts.acceptance?.evidence ?? ['acceptedBy', 'acceptedAt'];
  const evidenceAfter = is.facts.acceptance?.evidence ?? ['acceptedBy', 'acceptedAt'];
  for (const member of evidenceBefore.filter(
    (member) => !(evidenceAfter as readonly string[]).includes(member),
  )) {
    add('evidence', `An acceptance need no longer record ${member}.`, true);
  }
  for (const member of evidenceAfter.filter(
    (member) => !(evidenceBefore as readonly string[]).includes(member),
  )) {
    add('evidence', `An acceptance must record ${member}.`, false);
  }
  for (const pattern of is.facts.ignore.filter((pattern) => !was.facts.ignore.includes(pattern))) {
    add('ignore', `Files matching ${pattern} are left out.`, true);
  }
  for (const pattern of was.facts.ignore.filter((pattern) => !is.facts.ignore.includes(pattern))) {
    add('ignore', `Files matching ${pattern} are no longer left out.`, false);
  }
  if (text(was.facts.overrides) !== text(is.facts.overrides))
    add('overrides', 'The overrides for some files have changed.', true);
  for (const member of [
    'plugin',
    'agents',
    'statements',
    'administrationGroups',
    'restrictedRegions',
  ] as const) {
    if (text(was.facts[member]) !== text(is.facts[member])) {
      add(
        'surroundings',
        `${member} of the config has changed: the same policies may be judged otherwise.`,
        false,
      );
    }
  }
  return changes;
}

const rank: Record<Level, number> = { off: 0, info: 1, warning: 2, error: 3 };

function levelChanges(
  was: ConfigFacts,
  is: ConfigFacts,
  add: (what: 'severity', message: string, weakens: boolean) => void,
): void {
  for (const rule of new Set([...(was.rules?.keys() ?? []), ...(is.rules?.keys() ?? [])])) {
    const before = was.rules?.get(rule);
    const after = is.rules?.get(rule);
    if (before === after) continue;
    const usual = rulesById.get(rule)?.severity ?? 'error';
    const weakens = rank[after ?? usual] < rank[before ?? usual];
    add(
      'severity',
      `${rule} is ${after ?? 'at its default'}; it was ${before ?? 'at its default'}.`,
      weakens,
    );
  }
}

/** Comparable text of facts: pointers are places, not content. */
function text(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) => {
    if (name === 'pointer') return undefined;
    if (member instanceof Map) return [...member];
    return typeof member === 'symbol' ? '?malformed' : member;
  });
}

const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
