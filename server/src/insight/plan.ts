import { wellFormed, type Stated } from '../model/facts';
import { compareVersions, kmpNotConfigurableFrom } from '../model/version';
import {
  isDevice,
  isPolicy,
  type DeviceDocument,
  type Document,
  type PolicyDocument,
} from '../project/document';
import {
  effectiveGroup,
  isAccepted,
  isOn,
  managingPlugin,
  requiredStatement,
  sourceOf,
} from '../project/effective';
import { hostsOn, isNobody, type HostCount } from '../project/hosts';
import { agentsOf, statementOf, versionOf, type Agent } from '../project/outcome';
import type { Project } from '../project/project';

/** A version of a product and the Statement that it carries; `undefined`: not known. */
export interface Update {
  readonly version: string;
  readonly statementVersion?: string;
}

/** What is to be updated. */
export interface PlanRequest {
  readonly plugin?: Update;
  /** Each updates the agents of version `from`, or all. */
  readonly agents: readonly (Update & { readonly from?: string })[];
}

/** One step of an update. `accept`: the Statement of the new plug-in is accepted in the policies that need it. */
export type Step =
  | { readonly step: 'plugin'; readonly update: Update }
  | { readonly step: 'agents'; readonly update: Update & { readonly from?: string } }
  | { readonly step: 'accept'; readonly statementVersion: string; readonly documents: number };

export interface PlannedStep {
  readonly step: Step;
  /** Hosts on which KSN is switched off by this step, and was not before. */
  readonly lost: HostCount;
  /** Hosts that stay on, but whose policy one of those switches off: they would probably lose KSN, too. */
  readonly atRisk: HostCount;
  /** Hosts that can't be judged after this step, for lack of a Statement version. */
  readonly unknown: HostCount;
  /** The policies (and devices with settings of their own) of those that lose KSN, as paths. */
  readonly losing: readonly string[];
}

export interface Order {
  readonly steps: readonly PlannedStep[];
  readonly lost: HostCount;
}

/** A policy or device that needs acceptance of the Statement again after the update. */
export interface DueAgain {
  readonly path: string;
  readonly name: string | null;
  readonly accepted: string | null;
  /** `null`: the plug-in's Statement was not given, so whether it is due is not known. */
  readonly required: string | null;
  /** Already due before the update. */
  readonly before: boolean;
}

export interface PlanAnswer {
  readonly request: PlanRequest;
  readonly due: readonly DueAgain[];
  /** The orders of the steps, the one that loses the fewest hosts first. */
  readonly orders: readonly Order[];
  /** The first order loses nobody, and nothing in it is unknown. */
  readonly lossless: boolean;
  /** Hosts that have lost KSN already before any step. */
  readonly lostBefore: HostCount;
  /** Policies with Kaspersky Managed Protection on that no plug-in of the new version can disable. */
  readonly kmp: readonly string[];
}

/** More steps than this have more orders than anybody would read; whoever asks should say so to the user. */
export const mostAgentUpdates = 4;

/** A place where KSN is on: the document whose settings hold, on one agent. */
interface Pair {
  readonly document: PolicyDocument | DeviceDocument;
  readonly agent: Agent;
  readonly agentIndex: number;
}

/** What an update would do, in every order of its steps. Nothing is written; the project stays as it is. */
export function plan(project: Project, request: PlanRequest): PlanAnswer {
  const due = dueAfter(project, request);
  const toAccept = new Set(due.filter((entry) => entry.required !== null).map((entry) => entry.path));
  const steps = stepsOf(request, toAccept.size);
  const agents: Agent[] = [];
  const pairs = pairsOf(project, agents);

  // What holds after any set of steps does not depend on their order: each set is judged once.
  const states = new Map<number, State>();
  const stateAfter = (done: number): State => {
    let state = states.get(done);
    if (!state) {
      state = judgeState(pairs, (pair) => statementsIn(pair, steps, done, toAccept));
      states.set(done, state);
    }
    return state;
  };
  const before = stateAfter(0);
  const orders = permutations(steps)
    .map((order) => follow(order, steps, before, stateAfter, agents, pairs))
    .sort((a, b) => a.lost.hosts + a.lost.uncounted - (b.lost.hosts + b.lost.uncounted));
  const best = orders[0];
  return {
    request,
    due,
    orders,
    lossless:
      best !== undefined && best.steps.every(({ lost, unknown }) => isNobody(lost) && isNobody(unknown)),
    lostBefore: count(before.lostAgents, agents),
    kmp: kmpAfter(project, request),
  };
}

interface State {
  /** Indexes of pairs on which KSN is switched off. */
  readonly lostPairs: ReadonlySet<number>;
  /** Indexes of agents of such pairs, and of pairs that can't be judged. */
  readonly lostAgents: ReadonlySet<number>;
  readonly unknown: ReadonlySet<number>;
}

function judgeState(
  pairs: readonly Pair[],
  statements: (pair: Pair) => { policy: Stated<string>; agent: Stated<string> },
): State {
  const lostPairs = new Set<number>();
  const lostAgents = new Set<number>();
  const unknown = new Set<number>();
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

function statementsIn(
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
      unknown: count(state.unknown, agents),
      losing: [...new Set(losing.map((pair) => pairs[pair]!.document.path))].sort(),
    };
  });
  return { steps: planned, lost: count(lostAgents, agents) };
}

/** The agents on which KSN stays on under policies that some pairs switch off. */
function beside(
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

/** All pairs of a document whose settings turn KSN on, and an agent that it reaches. Fills `agents`. */
function pairsOf(project: Project, agents: Agent[]): Pair[] {
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

function stepsOf(request: PlanRequest, documents: number): Step[] {
  const { plugin } = request;
  return [
    ...(plugin ? [{ step: 'plugin', update: plugin } as const] : []),
    ...(plugin?.statementVersion !== undefined && documents > 0
      ? [{ step: 'accept', statementVersion: plugin.statementVersion, documents } as const]
      : []),
    ...request.agents.map((update) => ({ step: 'agents', update }) as const),
  ];
}

/** All orders of steps, as indexes; the new Statement can be accepted only once the plug-in carries it. */
function permutations(steps: readonly Step[]): number[][] {
  const plugin = steps.findIndex(({ step }) => step === 'plugin');
  const accept = steps.findIndex(({ step }) => step === 'accept');
  const extend = (order: readonly number[]): number[][] => {
    if (order.length === steps.length) return [[...order]];
    return steps.flatMap((_, i) => {
      if (order.includes(i) || (i === accept && !order.includes(plugin))) return [];
      return extend([...order, i]);
    });
  };
  return steps.length === 0 ? [] : extend([]);
}

function dueAfter(project: Project, { plugin }: PlanRequest): DueAgain[] {
  const due: DueAgain[] = [];
  for (const document of project.documents) {
    if (!isPolicy(document) && !isDevice(document)) continue;
    const { ksn } = document.facts;
    if (!isOn(ksn)) continue;
    const before = requiredStatement(project, document);
    const required = plugin && isManagedByIt(project, document) ? plugin.statementVersion : before;
    const accepted = isAccepted(ksn) ? ksn.statement?.version : undefined;
    if (typeof required === 'string' && accepted === required) continue;
    due.push({
      path: document.path,
      name: wellFormed(document.facts.name) ?? null,
      accepted: wellFormed(accepted) ?? null,
      required: wellFormed(required) ?? null,
      before: typeof before === 'string' && accepted !== before,
    });
  }
  return due.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** An override that names a plug-in of its own is about another one than the project's. */
function isManagedByIt(project: Project, document: Document): boolean {
  const { config } = project;
  const settings = project.settings(document);
  return settings.plugin === undefined || settings.plugin === config?.facts.plugin;
}

function kmpAfter(project: Project, { plugin }: PlanRequest): string[] {
  if (!plugin || compareVersions(plugin.version, kmpNotConfigurableFrom) < 0) return [];
  const paths: string[] = [];
  for (const document of project.documents) {
    if (!isPolicy(document) || document.facts.kmp !== true || !isManagedByIt(project, document)) continue;
    const managing = wellFormed(managingPlugin(project, document)?.version);
    if (managing === undefined || compareVersions(managing, kmpNotConfigurableFrom) < 0)
      paths.push(document.path);
  }
  return paths.sort();
}

function count(indexes: ReadonlySet<number>, agents: readonly Agent[]): HostCount {
  return hostsOn([...indexes].map((index) => agents[index]!));
}
