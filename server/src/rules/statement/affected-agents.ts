import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { AgentEntry } from '../../model/config';
import type { DeviceDocument, PolicyDocument } from '../../project/document';
import { hostsOf, inFileOrder, statementOf, versionOf, type Agent } from '../../project/outcome';
import type { Project } from '../../project/project';
import { reachOf } from '../../project/reach';
import type { Related } from '../finding';

/** A number of hosts, of which some may not be counted. */
export interface Hosts {
  readonly counted: number;
  /** Whether there are others whose number the config does not say. */
  readonly uncounted: boolean;
}

/** Agents of one version that carry one Statement. */
export interface AgentKind {
  readonly version: string | undefined;
  readonly statement: string;
  readonly hosts: Hosts;
}

/** What a Statement meets on the agents that a policy reaches. */
export interface Affected {
  /** Agents that carry another Statement: entries of the config first. */
  readonly mismatching: readonly AgentKind[];
  /** Hosts whose agents carry the same. */
  readonly matching: Hosts;
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
    // What is on no host is not in the field.
    if (typeof entry.statementVersion === 'string' && entry.hosts !== 0) agents.push({ entry });
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

/** How many hosts agents are on; a device that an entry of the same agent counts already is not counted again. */
function hostsOn(agents: readonly Agent[]): Hosts {
  const entries = agents.flatMap(({ entry }) => entry ?? []);
  let counted = 0;
  let uncounted = false;
  for (const agent of agents) {
    if (agent.device && entries.some((entry) => counts(entry, agent.device))) continue;
    const hosts = hostsOf(agent);
    if (hosts === undefined) uncounted = true;
    else counted += hosts;
  }
  return { counted, uncounted };
}

function counts(entry: AgentEntry, { facts }: DeviceDocument): boolean {
  if (entry.version !== facts.agent.version || entry.statementVersion !== facts.agent.statementVersion)
    return false;
  const group = wellFormed(facts.administrationGroup);
  const groups = entry.administrationGroups;
  return !groups || groups.some((path) => group === path || group?.startsWith(`${path}/`));
}

function placeOf(project: Project, agent: Agent): Related {
  const path = agent.device ? agent.device.path : project.config!.path;
  const anchor = value(`${agent.device ? '/agent' : agent.entry.pointer}/statementVersion`);
  const version = wellFormed(versionOf(agent));
  const which = version === undefined ? 'This agent' : `Agent ${version}`;
  return { path, anchor, message: `${which} carries Statement version ${String(statementOf(agent))}.` };
}
