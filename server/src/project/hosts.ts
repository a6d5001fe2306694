import { wellFormed } from '../model/facts';
import type { AgentEntry } from '../model/config';
import type { DeviceDocument } from './document';
import { hostsOf, type Agent } from './outcome';

/** Hosts, as far as they are counted. */
export interface HostCount {
  /** The sum of what says how many. */
  readonly hosts: number;
  /** How many entries of the config do not say how many. */
  readonly uncounted: number;
}

/**
 * How many hosts agents are on. Whatever stands among them twice counts once, and so does a device that an entry
 * among them, of the same agent and where the device is, counts already.
 */
export function hostsOn(agents: Iterable<Agent>): HostCount {
  const entries = new Set<AgentEntry>();
  const devices = new Set<DeviceDocument>();
  for (const { entry, device } of agents) {
    if (entry) entries.add(entry);
    else devices.add(device);
  }
  let hosts = 0;
  let uncounted = 0;
  for (const entry of entries) {
    const known = hostsOf({ entry });
    if (known === undefined) uncounted++;
    else hosts += known;
  }
  const entriesOf = new Map<unknown, AgentEntry[]>();
  for (const entry of entries) {
    const alike = entriesOf.get(entry.version);
    if (alike) alike.push(entry);
    else entriesOf.set(entry.version, [entry]);
  }
  for (const device of devices) {
    const alike = entriesOf.get(device.facts.agent.version);
    if (!alike?.some((entry) => covers(entry, device))) hosts++;
  }
  return { hosts, uncounted };
}

/** Whether an entry of the config for agents of a device's version counts its host among its own. */
function covers(entry: AgentEntry, { facts }: DeviceDocument): boolean {
  if (entry.statementVersion !== facts.agent.statementVersion) return false;
  const group = wellFormed(facts.administrationGroup);
  const groups = entry.administrationGroups;
  return !groups || groups.some((path) => group === path || group?.startsWith(`${path}/`));
}

export const isNobody = ({ hosts, uncounted }: HostCount): boolean => hosts === 0 && uncounted === 0;
