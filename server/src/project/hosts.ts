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
  const coveredBy = coverage(entries);
  for (const { facts } of devices) {
    const { version, statementVersion } = facts.agent;
    if (!coveredBy.get(version)?.get(statementVersion)?.has(wellFormed(facts.administrationGroup))) hosts++;
  }
  return { hosts, uncounted };
}

/** Where entries count the hosts of device documents among their own, by version and Statement of the agent. */
function coverage(entries: Iterable<AgentEntry>): Map<unknown, Map<unknown, Covered>> {
  const byVersion = new Map<unknown, Map<unknown, Covered>>();
  for (const { version, statementVersion, administrationGroups } of entries) {
    const byStatement = byVersion.get(version) ?? new Map<unknown, Covered>();
    const covered = byStatement.get(statementVersion) ?? new Covered();
    covered.add(administrationGroups);
    byVersion.set(version, byStatement.set(statementVersion, covered));
  }
  return byVersion;
}

/** Administration groups with all below them. Thousands of devices ask about few groups. */
class Covered {
  private isAnywhere = false;
  private readonly tops = new Set<string>();
  private readonly known = new Map<string | undefined, boolean>();

  /** @param groups `undefined`: anywhere */
  add(groups: readonly string[] | undefined): void {
    if (groups) for (const path of groups) this.tops.add(path);
    else this.isAnywhere = true;
  }

  has(group: string | undefined): boolean {
    if (this.isAnywhere) return true;
    const known = this.known.get(group);
    if (known !== undefined) return known;
    const found = [...this.tops].some((path) => group === path || group?.startsWith(`${path}/`));
    this.known.set(group, found);
    return found;
  }
}

export const isNobody = ({ hosts, uncounted }: HostCount): boolean => hosts === 0 && uncounted === 0;
