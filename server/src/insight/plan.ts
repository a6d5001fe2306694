import { wellFormed } from '../model/facts';
import { isDevice } from '../project/document';
import { hostsOn, isNobody, type HostCount } from '../project/hosts';
import type { Agent } from '../project/outcome';
import type { Project } from '../project/project';
import { dueAfter, kmpAfter, type DueAgain } from './plan-due';
import { beside, judgeState, type State } from './plan-losses';
import { concerns, placesOf, statementsIn, type Pair } from './plan-pairs';
import { permutations, stepsOf, type PlanRequest, type Step } from './plan-steps';

export interface PlannedStep {
  readonly step: Step;
  /** Hosts on which KSN is switched off by this step, and was not before. */
  readonly lost: HostCount;
  /** Hosts that stay on, but whose policy one of those switches off: they would probably lose KSN, too. */
  readonly atRisk: HostCount;
  /** Hosts that can't be judged after this step; those that are known to have lost KSN are not among them. */
  readonly unknown: HostCount;
  /** The policies (and devices with settings of their own) of those that lose KSN, as paths. */
  readonly losing: readonly string[];
}

export interface Order {
  readonly steps: readonly PlannedStep[];
  readonly lost: HostCount;
}

export interface PlanAnswer {
  readonly request: PlanRequest;
  readonly due: readonly DueAgain[];
  /** The orders of the steps, the one that loses the fewest hosts first; of those the one of which most is known. */
  readonly orders: readonly Order[];
  /** The first order loses nobody, and nothing in it is unknown. */
  readonly lossless: boolean;
  /** Documents with KSN on that reach no agent that is known: what an update does there can't be told. */
  readonly unreached: readonly string[];
  /** Versions of agents to be updated that no agent of the project has. */
  readonly unmatched: readonly string[];
  /** Hosts that have lost KSN already before any step. */
  readonly lostBefore: HostCount;
  /** Policies with Kaspersky Managed Protection on that no plug-in of the new version can disable. */
  readonly kmp: readonly string[];
}

/** More steps than this have more orders than anybody would read; whoever asks should say so to the user. */
export const mostAgentUpdates = 4;

/** What an update would do, in every order of its steps. Nothing is written; the project stays as it is. */
export function plan(project: Project, request: PlanRequest): PlanAnswer {
  const due = dueAfter(project, request);
  const toAccept = new Set(due.filter((entry) => entry.required !== null).map((entry) => entry.path));
  const steps = stepsOf(request, toAccept.size);
  const { agents, pairs, unclear, unreached } = placesOf(project);

  // What holds after any set of steps does not depend on their order: each set is judged once.
  const states = new Map<number, State>();
  const stateAfter = (done: number): State => {
    let state = states.get(done);
    if (!state) {
      state = judgeState(pairs, unclear, (pair) => statementsIn(pair, steps, done, toAccept));
      states.set(done, state);
    }
    return state;
  };
  const before = stateAfter(0);
  const orders = permutations(steps)
    .map((order) => follow(order, steps, before, stateAfter, agents, pairs))
    .sort((a, b) => size(a.lost) - size(b.lost) || unknownIn(a) - unknownIn(b));
  const best = orders[0];
  return {
    request,
    due,
    orders,
    lossless:
      best !== undefined &&
      unreached.length === 0 &&
      best.steps.every(({ lost, unknown }) => isNobody(lost) && isNobody(unknown)),
    unreached,
    unmatched: unmatchedIn(project, request),
    lostBefore: count(before.lostAgents, agents),
    kmp: kmpAfter(project, request),
  };
}

function follow(
  order: readonly number[],
  steps: readonly Step[],
  before: State,
  stateAfter: (done: number) => State,
  agents: readonly Agent[],
  pairs: readonly Pair[],
): Order {
  let done = 0;
  // Once switched off, KSN stays off until somebody enables it again: a loss is not undone by a later step.
  const lost = new Set(before.lostPairs);
  const lostAgents = new Set<number>();
  const planned = order.map((index): PlannedStep => {
    done |= 1 << index;
    const state = stateAfter(done);
    const losing = [...state.lostPairs].filter((pair) => !lost.has(pair));
    const now = new Set<number>();
    for (const pair of losing) {
      lost.add(pair);
      now.add(pairs[pair]!.agentIndex);
      lostAgents.add(pairs[pair]!.agentIndex);
    }
    return {
      step: steps[index]!,
      lost: count(now, agents),
      atRisk: count(beside(losing, now, state, pairs), agents),
      unknown: count(new Set([...state.unknown].filter((agent) => !lostAgents.has(agent))), agents),
      losing: [...new Set(losing.map((pair) => pairs[pair]!.document.path))].sort(),
    };
  });
  return { steps: planned, lost: count(lostAgents, agents) };
}

/** Versions that are to be updated and that neither the config nor a device names. */
function unmatchedIn(project: Project, { agents }: PlanRequest): string[] {
  const left = new Map(agents.flatMap(({ from }) => (from === undefined ? [] : [[from, { from }]])));
  if (left.size === 0) return [];
  const facts = project.config?.facts;
  const entries = [facts?.agents, ...(facts?.overrides ?? []).map((override) => override.agents)];
  const named = new Set(entries.flatMap((some) => some ?? []).map(({ version }) => version));
  for (const document of project.documents) if (isDevice(document)) named.add(document.facts.agent.version);
  for (const version of named) {
    for (const [from, update] of left) if (concerns(update, wellFormed(version))) left.delete(from);
  }
  return [...left.keys()];
}

const size = ({ hosts, uncounted }: HostCount): number => hosts + uncounted;
const unknownIn = ({ steps }: Order): number => steps.reduce((sum, { unknown }) => sum + size(unknown), 0);

function count(indexes: ReadonlySet<number>, agents: readonly Agent[]): HostCount {
  return hostsOn([...indexes].map((index) => agents[index]!));
}
