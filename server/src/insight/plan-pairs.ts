import { wellFormed, type Stated } from '../model/facts';
import { compareVersions } from '../model/version';
import { isDevice, isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { isAccepted, isOn, sourceOf } from '../project/effective';
import { agentsOf, outcomeOn, statementOf, versionOf, type Agent } from '../project/outcome';
import type { Project } from '../project/project';
import { undecidedEntries } from '../project/undecided';
import type { Step } from './plan-steps';

/** A place where KSN is on: the document whose settings hold, on one agent. */
export interface Pair {
  readonly document: PolicyDocument | DeviceDocument;
  readonly agent: Agent;
  readonly agentIndex: number;
}

/** Where KSN is on, and where that can't be told. */
export interface Places {
  readonly agents: readonly Agent[];
  readonly pairs: readonly Pair[];
  /** Indexes of agents on which what decides is malformed, or no single policy is active. */
  readonly unclear: ReadonlySet<number>;
  /** Paths of documents that turn KSN on, or may do so, and reach no agent that is known; sorted. */
  readonly unreached: readonly string[];
}

/** Every document whose settings turn KSN on, paired with each agent that it reaches. */
export function placesOf(project: Project): Places {
  const agents: Agent[] = [];
  const pairs: Pair[] = [];
  const unclear = new Set<number>();
  const unreached: string[] = [];
  const indexes = new Map<unknown, number>();
  const indexOf = (agent: Agent): number => {
    const id = agent.device ?? agent.entry;
    let index = indexes.get(id);
    if (index === undefined) {
      index = agents.push(agent) - 1;
      indexes.set(id, index);
    }
    return index;
  };
  for (const document of project.documents) {
    if (!isPolicy(document) && !isDevice(document)) continue;
    if (isPolicy(document) && document.facts.status === 'inactive') continue;
    const { ksn } = document.facts;
    const source = sourceOf(project, document);
    if (source.known) {
      if (source.by !== document || (isPolicy(document) && !source.enforced)) continue;
      // Off, or blocked: there is nothing to lose.
      if (outcomeOn(ksn, undefined) !== 'unknown') continue;
    }
    const isClear = source.known && isOn(ksn) && isAccepted(ksn);
    const reached = isDevice(document) ? [{ device: document }] : agentsOf(project, document);
    if (reached.length === 0) unreached.push(document.path);
    for (const agent of reached) {
      const agentIndex = indexOf(agent);
      if (isClear) pairs.push({ document, agent, agentIndex });
      else unclear.add(agentIndex);
    }
  }
  for (const entry of undecidedEntries(project)) unclear.add(indexOf({ entry }));
  return { agents, pairs, unclear, unreached: unreached.sort() };
}

/** The Statements that meet in a pair after some steps. @param done the steps, a bit each */
export function statementsIn(
  pair: Pair,
  steps: readonly Step[],
  done: number,
  toAccept: ReadonlySet<string>,
): { policy: Stated<string>; agent: Stated<string> } {
  let policy = pair.document.facts.ksn.statement?.version;
  let agent = statementOf(pair.agent);
  const version = wellFormed(versionOf(pair.agent));
  let touched = false;
  steps.forEach((step, i) => {
    if (!(done & (1 << i))) return;
    if (step.step === 'accept' && toAccept.has(pair.document.path)) policy = step.statementVersion;
    if (step.step !== 'agents' || touched) return;
    if (!concerns(step.update, version)) return;
    agent = step.update.statementVersion;
    touched = true;
  });
  return { policy, agent };
}

/** Whether an update is of agents of a version. */
export function concerns(update: { readonly from?: string }, version: string | undefined): boolean {
  if (update.from === undefined) return true;
  return version !== undefined && compareVersions(update.from, version) === 0;
}
