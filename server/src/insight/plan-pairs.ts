import { wellFormed, type Stated } from '../model/facts';
import { compareVersions } from '../model/version';
import { isDevice, isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { effectiveGroup, isAccepted, isOn, sourceOf } from '../project/effective';
import { agentsOf, statementOf, versionOf, type Agent } from '../project/outcome';
import type { Project } from '../project/project';
import type { Step } from './plan-steps';

/** A place where KSN is on: the document whose settings hold, on one agent. */
export interface Pair {
  readonly document: PolicyDocument | DeviceDocument;
  readonly agent: Agent;
  readonly agentIndex: number;
}

/** All pairs of a document whose settings turn KSN on, and an agent that it reaches. Fills `agents`. */
export function pairsOf(project: Project, agents: Agent[]): Pair[] {
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
  const pairs: Pair[] = [];
  const add = (document: PolicyDocument | DeviceDocument, agent: Agent): void => {
    pairs.push({ document, agent, agentIndex: indexOf(agent) });
  };
  for (const document of project.documents) {
    if (!isPolicy(document) && !isDevice(document)) continue;
    const { ksn } = document.facts;
    if (!isOn(ksn) || !isAccepted(ksn)) continue;
    if (isDevice(document)) {
      const source = sourceOf(project, document);
      if (source.known && source.by === document) add(document, { device: document });
      continue;
    }
    if (document.facts.status === 'inactive') continue;
    const group = effectiveGroup(project, document);
    if (!group.known || group.by !== document || !group.enforced) continue;
    for (const agent of agentsOf(project, document)) add(document, agent);
  }
  return pairs;
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

function concerns(update: { readonly from?: string }, version: string | undefined): boolean {
  if (update.from === undefined) return true;
  return version !== undefined && compareVersions(update.from, version) === 0;
}
