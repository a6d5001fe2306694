import { wellFormed } from '../model/facts';
import { isDevice } from '../project/document';
import { effectiveGroup, sourceOf } from '../project/effective';
import {
  hostsOf,
  outcomeOfDevice,
  outcomeOn,
  outcomesOf,
  statementOf,
  versionOf,
  type Agent,
  type Outcome,
} from '../project/outcome';
import { Ambiguity, policyInForce, type Project } from '../project/project';
import { isInField, met } from '../project/reach';
import { identify } from './agent-identity';
import { statedText } from './diff-text';
import { identity, type Judged, type Placed } from './pairs';

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

/** The project of a document on each side; one is absent where the project came or went. */
export interface Projects {
  readonly before: Project | undefined;
  readonly after: Project | undefined;
}

export interface IdentifiedHostChange extends HostChange {
  readonly id: string;
  readonly agent: Agent;
}

/** What changes on the agents under a document, before and after taken together. */
export function hostChanges(
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
  return released && statedText(was.document.facts.ksn) === statedText(is.document.facts.ksn);
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
  const outcome = outcomesOf(project, policy);
  // Device documents are compared by themselves.
  return met(project, policy)
    .entries.filter(isInField)
    .map((entry) => ({ agent: { entry }, fate: outcome({ entry }) }));
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
