import { malformed, wellFormed, type KsnFacts, type Stated } from '../model/facts';
import type { AgentEntry } from '../model/config';
import type { DeviceDocument, PolicyDocument } from './document';
import { effectiveGroup, requiredStatement, settled, sourceOf, type Settled } from './effective';
import type { Project } from './project';
import { isInField, met } from './reach';

/**
 * What becomes of KSN on an agent. `device`: each device's own setting decides; `blocked`: on, but the
 * Statement is not accepted; `switched-off`: KSN is switched off on the host since its agent carries another
 * Statement; `unknown`: a version or a parent needed to decide is not known.
 */
export type Outcome = 'device' | 'off' | 'blocked' | 'unknown' | 'switched-off' | 'on';

/** An agent that a policy or a device meets: an entry of the config, or the host of a device document. */
export type Agent =
  | { readonly entry: AgentEntry; readonly device?: undefined }
  | { readonly entry?: undefined; readonly device: DeviceDocument };

/** How many hosts an agent stands for; `undefined` where the config does not say. */
export function hostsOf(agent: Agent): number | undefined {
  return agent.device ? 1 : wellFormed(agent.entry.hosts);
}

export function statementOf(agent: Agent): Stated<string> {
  return agent.device ? agent.device.facts.agent.statementVersion : agent.entry.statementVersion;
}

export function versionOf(agent: Agent): Stated<string> {
  return agent.device ? agent.device.facts.agent.version : agent.entry.version;
}

/** Entries of the config as they stand, then devices by path: the same in whatever order files were read. */
export function inFileOrder(a: Agent, b: Agent): number {
  if (!a.device || !b.device) return Number(a.device !== undefined) - Number(b.device !== undefined);
  return a.device.path < b.device.path ? -1 : 1;
}

const byPath = (a: DeviceDocument, b: DeviceDocument): number => (a.path < b.path ? -1 : 1);

/** Every agent in the field under a policy, entries of the config first. */
export function agentsOf(project: Project, policy: PolicyDocument): readonly Agent[] {
  if (project.agents?.policy === policy) return project.agents.agents;
  const { entries, devices } = met(project, policy);
  const agents: Agent[] = [];
  project.agents = { policy, agents };
  for (const entry of entries) if (isInField(entry)) agents.push({ entry });
  for (const device of [...devices].sort(byPath)) agents.push({ device });
  return agents;
}

/** The outcome of settings that hold on a host whose agent carries `statement`. */
export function outcomeOn(ksn: KsnFacts, statement: Stated<string>): Outcome {
  return outcomeOfSettled(settled(ksn), statement);
}

function outcomeOfSettled(
  { enabled, accepted, statementVersion }: Settled,
  statement: Stated<string>,
): Outcome {
  if (enabled === false) return 'off';
  if (enabled === malformed || accepted === malformed) return 'unknown';
  if (!accepted) return 'blocked';
  if (statement === undefined || statement === malformed) return 'unknown';
  if (statementVersion === undefined || statementVersion === malformed) return 'unknown';
  return statement === statementVersion ? 'on' : 'switched-off';
}

/** The outcomes of a policy on agents that it reaches, as if it were in force there. */
export function outcomesOf(project: Project, policy: PolicyDocument): (agent: Agent) => Outcome {
  const group = effectiveGroup(project, policy);
  if (!group.known) return () => 'unknown';
  if (!group.enforced) {
    return ({ device }) =>
      device ? outcomeOn(device.facts.ksn, device.facts.agent.statementVersion) : 'device';
  }
  // A root policy reaches thousands, and what holds is the same for all.
  const holds = settled(group.by.facts.ksn);
  return (agent) => outcomeOfSettled(holds, statementOf(agent));
}

/** The outcome on the host of a device document. */
export function outcomeOfDevice(project: Project, device: DeviceDocument): Outcome {
  const source = sourceOf(project, device);
  if (!source.known || !source.by.facts) return 'unknown';
  return outcomeOn(source.by.facts.ksn, device.facts.agent.statementVersion);
}

/** The agents of a policy with what becomes of KSN on each. */
export interface PolicyOutcome {
  readonly agents: readonly { readonly agent: Agent; readonly outcome: Outcome; readonly atRisk: boolean }[];
  /** The Statement in the policy is not the plug-in's, or that is unknown: it can't be saved again as it is. */
  readonly acceptanceDue: boolean;
}

/** Whether an agent under a policy, or one that the deciding policy reaches, switches KSN off: all are at risk then. */
export function isAtRisk(project: Project, policy: PolicyDocument): boolean {
  const known = project.atRisk.get(policy);
  if (known !== undefined) return known;
  const group = effectiveGroup(project, policy);
  const risk =
    group.known &&
    group.enforced &&
    outcomeOn(group.by.facts.ksn, undefined) === 'unknown' &&
    ((group.by !== policy && isAtRisk(project, group.by)) || switchesOff(project, policy));
  project.atRisk.set(policy, risk);
  return risk;
}

/** Whether KSN is on on the host of a device document, and another agent of its policy switches it off there. */
export function isDeviceAtRisk(project: Project, device: DeviceDocument): boolean {
  const source = sourceOf(project, device);
  const policy = source.known && source.enforced ? source.policy : undefined;
  return policy !== undefined && outcomeOfDevice(project, device) === 'on' && isAtRisk(project, policy);
}

const switchesOff = (project: Project, policy: PolicyDocument): boolean =>
  outcomesUnder(project, policy).has('switched-off');

/** What becomes of KSN anywhere under a policy. Two questions are asked about that, and a root policy reaches thousands. */
function outcomesUnder(project: Project, policy: PolicyDocument): ReadonlySet<Outcome> {
  const known = project.outcomes.get(policy);
  if (known) return known;
  const outcomeAt = outcomesOf(project, policy);
  const { entries, devices } = met(project, policy);
  const found = new Set<Outcome>();
  for (const entry of entries) if (isInField(entry)) found.add(outcomeAt({ entry }));
  for (const device of devices) found.add(outcomeAt({ device }));
  project.outcomes.set(policy, found);
  return found;
}

/**
 * The outcome of a policy on every agent that it reaches. One agent with another Statement switches KSN off
 * in the policy that decides, so that agents on which it is on are at risk beside it.
 */
export function outcomeOf(project: Project, policy: PolicyDocument): PolicyOutcome {
  const risk = isAtRisk(project, policy);
  const outcomeAt = outcomesOf(project, policy);
  const agents = agentsOf(project, policy).map((agent) => {
    const outcome = outcomeAt(agent);
    return { agent, outcome, atRisk: risk && outcome === 'on' };
  });
  return { agents, acceptanceDue: acceptanceDue(project, policy) };
}

/** Whether a policy that turns KSN on could be saved again only with a new acceptance, or that is unknown. */
export function acceptanceDue(project: Project, policy: PolicyDocument): boolean {
  if (policy.facts.ksn.enabled !== true) return false;
  const required = requiredStatement(project, policy);
  const stated = policy.facts.ksn.statement;
  return typeof required !== 'string' || stated?.accepted !== true || stated.version !== required;
}

/**
 * One word for a whole policy: what becomes of KSN where it decides or is inherited to. The worst outcome on
 * any agent that it reaches; without any agent known, a policy that is on is `unknown`, for it was not checked.
 */
export function stateOfPolicy(project: Project, policy: PolicyDocument): Outcome {
  const group = effectiveGroup(project, policy);
  if (!group.known) return 'unknown';
  if (!group.enforced) return 'device';
  const settled = outcomeOn(group.by.facts.ksn, undefined);
  if (settled !== 'unknown') return settled;
  const outcomes = outcomesUnder(project, policy);
  if (outcomes.has('switched-off')) return 'switched-off';
  return outcomes.has('unknown') || outcomes.size === 0 ? 'unknown' : 'on';
}
