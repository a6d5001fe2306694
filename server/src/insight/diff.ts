import { malformed, wellFormed, type DocumentFacts, type ExceptionFacts } from '../model/facts';
import type { ConfigFacts, Level } from '../model/config';
import {
  isDevice,
  isPolicy,
  type DeviceDocument,
  type Document,
  type PolicyDocument,
} from '../project/document';
import { effectiveGroup } from '../project/effective';
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
import { effectiveAnswer, type EffectiveSettings } from './effective';

/** One side of a comparison: a project as it was, or is, with what was found in it. */
export interface Side {
  readonly project: Project;
  readonly findings: readonly LocatedFinding[];
}

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
  readonly lost: { readonly hosts: number; readonly uncounted: number };
  readonly gained: { readonly hosts: number; readonly uncounted: number };
}

/** What a change to a project means. Either side may be absent: a project that came or went. */
export function diff(before: Side | undefined, after: Side | undefined): DiffAnswer {
  const documents: DocumentChange[] = [];
  const acceptances: AcceptanceChange[] = [];
  const guards: GuardChange[] = configChanges(before?.project, after?.project);
  const tally = { loss: new Map<string, number | null>(), gain: new Map<string, number | null>() };
  for (const [was, is] of pairs(before?.project, after?.project)) {
    const change = documentChange(before?.project, after?.project, was, is, tally);
    if (change) documents.push(change);
    const acceptance = acceptanceChange(was, is);
    if (acceptance) acceptances.push(acceptance);
    guards.push(...exceptionChanges(was, is));
  }
  const known = new Set((before?.findings ?? []).map(({ fingerprint }) => fingerprint));
  const now = new Set((after?.findings ?? []).map(({ fingerprint }) => fingerprint));
  return {
    documents: documents.sort(byPath),
    acceptances: acceptances.sort(byPath),
    guards: guards.sort(byPath),
    newFindings: (after?.findings ?? []).filter(({ fingerprint }) => !known.has(fingerprint)),
    goneFindings: (before?.findings ?? []).filter(({ fingerprint }) => !now.has(fingerprint)),
    lost: sum(tally.loss),
    gained: sum(tally.gain),
  };
}

type Judged = PolicyDocument | DeviceDocument;
type Pair = readonly [Judged | undefined, Judged | undefined];

/** Documents of both sides, matched by path, and where a file was moved by kind, group and name. */
function pairs(before: Project | undefined, after: Project | undefined): Pair[] {
  const found: Pair[] = [];
  const gone: Judged[] = [];
  const come = new Map<string, Judged[]>();
  for (const document of before?.documents ?? []) {
    if (!isJudged(document)) continue;
    const other = after?.document(document.path);
    if (other && isJudged(other) && other.facts.kind === document.facts.kind) found.push([document, other]);
    else gone.push(document);
  }
  for (const document of after?.documents ?? []) {
    if (!isJudged(document)) continue;
    const other = before?.document(document.path);
    if (other && isJudged(other) && other.facts.kind === document.facts.kind) continue;
    const id = identity(document.facts);
    come.set(id, [...(come.get(id) ?? []), document]);
  }
  for (const document of gone) found.push([document, come.get(identity(document.facts))?.shift()]);
  for (const documents of come.values()) for (const document of documents) found.push([undefined, document]);
  return found;
}

const isJudged = (document: Document): document is Judged => isPolicy(document) || isDevice(document);

function identity({ kind, administrationGroup, name }: DocumentFacts): string {
  return JSON.stringify([kind, wellFormed(administrationGroup), wellFormed(name)]);
}

function documentChange(
  before: Project | undefined,
  after: Project | undefined,
  was: Judged | undefined,
  is: Judged | undefined,
  tally: { loss: Map<string, number | null>; gain: Map<string, number | null> },
): DocumentChange | undefined {
  const holdingBefore = was && before ? holding(before, was) : null;
  const holdingAfter = is && after ? holding(after, is) : null;
  const hosts = hostChanges(before, after, was, is);
  for (const change of hosts) {
    if (change.effect === 'other') continue;
    tally[change.effect].set(change.id, change.hosts);
  }
  const moved = was && is && was.path !== is.path;
  if (!moved && hosts.length === 0 && JSON.stringify(holdingBefore) === JSON.stringify(holdingAfter))
    return undefined;
  const document = (is ?? was)!;
  return {
    path: document.path,
    ...(moved && { from: was.path }),
    change: !was ? 'added' : !is ? 'removed' : 'changed',
    kind: document.facts.kind,
    name: wellFormed(document.facts.name) ?? null,
    before: holdingBefore,
    after: holdingAfter,
    hosts: hosts.map(({ id: _, ...change }) => change),
  };
}

function holding(project: Project, document: Judged): Holding {
  const { settings, enforced, decidedBy, state } = effectiveAnswer(project, document)!;
  return { settings, enforced, decidedBy, state };
}

interface IdentifiedHostChange extends HostChange {
  readonly id: string;
}

/** What changes on the agents under a document, before and after taken together. */
function hostChanges(
  before: Project | undefined,
  after: Project | undefined,
  was: Judged | undefined,
  is: Judged | undefined,
): IdentifiedHostChange[] {
  const agents = new Map<string, { agent: Agent; before?: Fate; after?: Fate }>();
  const collect = (
    side: 'before' | 'after',
    project: Project | undefined,
    document: Judged | undefined,
  ): void => {
    if (!project || !document) return;
    for (const { agent, fate } of fates(project, document)) {
      const id = agentId(project, agent);
      agents.set(id, { ...agents.get(id), agent, [side]: fate });
    }
  };
  collect('before', before, was);
  collect('after', after, is);
  const changes: IdentifiedHostChange[] = [];
  for (const [id, { agent, ...fate }] of agents) {
    const then = fate.before ?? fateElsewhere(before, was ?? is, agent);
    let now = fate.after ?? fateElsewhere(after, is ?? was, agent);
    // What was enforced once stays on the device when nothing enforces it any more.
    if ((now === 'device' || now === 'none') && then !== 'device' && then !== 'none')
      now = 'as-last-enforced';
    if (then === now) continue;
    changes.push({
      id,
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

function effectOf(before: Fate, after: Fate): HostChange['effect'] {
  const isLost = after === 'off' || after === 'blocked' || after === 'switched-off';
  if (before === 'on' && isLost) return 'loss';
  return before !== 'on' && after === 'on' ? 'gain' : 'other';
}

function fates(project: Project, document: Judged): { agent: Agent; fate: Fate }[] {
  if (isDevice(document)) return [{ agent: { device: document }, fate: outcomeOfDevice(project, document) }];
  const policy = document as PolicyDocument;
  if (policy.facts.status === 'inactive') return [];
  // Device documents are compared by themselves.
  return outcomeOf(project, policy).agents.flatMap(({ agent, outcome }) =>
    agent.entry ? [{ agent, fate: outcome }] : [],
  );
}

/** What holds for an agent on a side on which the document does not reach it: the policy in force in its group. */
function fateElsewhere(project: Project | undefined, document: Judged | undefined, agent: Agent): Fate {
  const path = document && wellFormed(document.facts.administrationGroup);
  if (!project || path === undefined || agent.device) return 'none';
  const policy = policyInForce(project.groups.nearest(path).group);
  if (policy === undefined) return 'none';
  if (policy instanceof Ambiguity) return 'unknown';
  const group = effectiveGroup(project, policy);
  if (!group.known) return 'unknown';
  return group.enforced ? outcomeOn(group.by.facts.ksn, statementOf(agent)) : 'device';
}

/** Identifies an agent on both sides: a device by its file; an entry by its version and where it is. */
function agentId(project: Project, agent: Agent): string {
  if (agent.device) return identity(agent.device.facts);
  const { version, administrationGroups } = agent.entry;
  const alike = [...(project.config?.facts.agents ?? [])].filter(
    (entry) =>
      entry.version === version && String(entry.administrationGroups) === String(administrationGroups),
  );
  return JSON.stringify([wellFormed(version), administrationGroups, alike.indexOf(agent.entry)]);
}

function acceptanceChange(was: Judged | undefined, is: Judged | undefined): AcceptanceChange | undefined {
  const before = recorded(was);
  const after = recorded(is);
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

function exceptionChanges(was: Judged | undefined, is: Judged | undefined): GuardChange[] {
  const path = (is ?? was)!.path;
  const before = new Map((was?.facts.exceptions ?? []).map((exception) => [describe(exception), exception]));
  const after = new Map((is?.facts.exceptions ?? []).map((exception) => [describe(exception), exception]));
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

function sum(hosts: ReadonlyMap<string, number | null>): { hosts: number; uncounted: number } {
  let total = 0;
  let uncounted = 0;
  for (const count of hosts.values()) {
    if (count === null) uncounted++;
    else total += count;
  }
  return { hosts: total, uncounted };
}

const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
