import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { PolicyDocument } from '../../project/document';
import { hostsOn, type HostCount } from '../../project/hosts';
import { inFileOrder, statementOf, versionOf, type Agent } from '../../project/outcome';
import type { Project } from '../../project/project';
import { isInField, reachOf } from '../../project/reach';
import type { Related } from '../finding';

/** Agents of one version that carry one Statement. */
export interface AgentKind {
  readonly version: string | undefined;
  readonly statement: string;
  readonly hosts: HostCount;
}

/** What a Statement meets on the agents that a policy reaches. */
export interface Affected {
  /** Agents that carry another Statement: entries of the config first. */
  readonly mismatching: readonly AgentKind[];
  /** Hosts whose agents carry the same. */
  readonly matching: HostCount;
  /** Where the mismatching agents are described. */
  readonly places: readonly Related[];
}

/** More places than anybody would look at are left out. */
const shown = 20;

/** Holds the Statement that a policy applies against the agents that it reaches; what they carry may be unknown. */
export function affectedAgents(project: Project, policy: PolicyDocument, statement: string): Affected {
  const agents = agentsWithStatement(project, policy);
  const mismatching = agents.filter((agent) => statementOf(agent) !== statement).sort(inFileOrder);
  if (mismatching.length === 0) return { mismatching: [], matching: hostsOn([]), places: [] };
  return {
    mismatching: kindsOf(mismatching),
    matching: hostsOn(agents.filter((agent) => statementOf(agent) === statement)),
    places: mismatching.slice(0, shown).map((agent) => placeOf(project, agent)),
  };
}

function agentsWithStatement(project: Project, policy: PolicyDocument): Agent[] {
  const { entries, devices } = reachOf(project, policy);
  const agents: Agent[] = [];
  for (const entry of entries) {
    if (typeof entry.statementVersion === 'string' && isInField(entry)) agents.push({ entry });
  }
  for (const device of devices) {
    if (typeof device.facts.agent.statementVersion === 'string') agents.push({ device });
  }
  return agents;
}

function kindsOf(agents: readonly Agent[]): AgentKind[] {
  const kinds = new Map<string, Agent[]>();
  for (const agent of agents) {
    const id = JSON.stringify([wellFormed(versionOf(agent)), statementOf(agent)]);
    const alike = kinds.get(id);
    if (alike) alike.push(agent);
    else kinds.set(id, [agent]);
  }
  return [...kinds.values()].map((alike) => ({
    version: wellFormed(versionOf(alike[0]!)),
    statement: statementOf(alike[0]!) as string,
    hosts: hostsOn(alike),
  }));
}

function placeOf(project: Project, agent: Agent): Related {
  const path = agent.device ? agent.device.path : project.config!.path;
  const anchor = value(`${agent.device ? '/agent' : agent.entry.pointer}/statementVersion`);
  const version = wellFormed(versionOf(agent));
  const which = version === undefined ? 'This agent' : `Agent ${version}`;
  return { path, anchor, message: `${which} carries Statement version ${String(statementOf(agent))}.` };
}
