import { malformed, wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { hostsOn, type HostCount } from '../project/hosts';
import {
  outcomeOf,
  outcomeOfDevice,
  stateOfPolicy,
  statementOf,
  versionOf,
  type Agent,
  type Outcome,
  type PolicyOutcome,
} from '../project/outcome';
import type { Project } from '../project/project';
import type { State } from './protocol';
import { inThousands } from '../syntax/shown';

const states: Record<Outcome, State> = {
  device: 'undefined',
  off: 'off',
  blocked: 'blocked',
  unknown: 'unknown',
  'switched-off': 'switchedOff',
  on: 'on',
};

const words: Record<State, string> = {
  on: 'on',
  off: 'off',
  undefined: 'Undefined: saved, not applied',
  blocked: 'blocked: the Statement is not accepted',
  switchedOff: 'switched off on hosts: their agent carries another Statement',
  unknown: 'not known',
};

// Of the one host of a device document.
const wordsOfDevice: Record<State, string> = {
  ...words,
  switchedOff: 'switched off: its agent carries another Statement than the settings',
};

/** What becomes of KSN on the agents of an entry of the config. */
export const wordsOnAgents: Readonly<Record<Outcome, string>> = {
  on: 'on',
  off: 'off',
  device: 'decided by each device',
  blocked: 'blocked, since the Statement is not accepted',
  'switched-off': 'switched off, since these agents carry another Statement',
  unknown: 'not known',
};

/** What becomes of KSN where a document's settings hold, in a word and in words. */
export function stateOf(
  project: Project,
  document: PolicyDocument | DeviceDocument,
): { readonly state: State; readonly text: string } {
  const outcome = isPolicy(document) ? stateOfPolicy(project, document) : outcomeOfDevice(project, document);
  const state = states[outcome];
  return { state, text: (isPolicy(document) ? words : wordsOfDevice)[state] };
}

/** Hosts of one kind of agent with the same outcome. */
interface Lot {
  readonly outcome: Outcome;
  readonly atRisk: boolean;
  readonly version: string | undefined;
  readonly statement: string | undefined;
  readonly agents: Agent[];
}

/** What happens on the hosts that a policy reaches: a line for each outcome and kind of agent, worst first. */
export function hostLines(project: Project, policy: PolicyDocument): string[] {
  const outcome = outcomeOf(project, policy);
  return lotsOf(outcome).map(lineOf);
}

/** How many hosts a policy reaches, as far as they are counted; each host once. */
export function hostCount({ agents }: PolicyOutcome): HostCount {
  return hostsOn(agents.map(({ agent }) => agent));
}

const order: readonly Outcome[] = ['switched-off', 'blocked', 'unknown', 'on', 'off', 'device'];

function lotsOf(outcome: PolicyOutcome): (Lot & HostCount)[] {
  const lots = new Map<string, Lot>();
  for (const { agent, outcome: what, atRisk } of outcome.agents) {
    const version = wellFormed(versionOf(agent));
    const stated = statementOf(agent);
    const statement = stated === malformed ? undefined : stated;
    const id = JSON.stringify([what, version, statement]);
    const lot = lots.get(id) ?? { outcome: what, atRisk, version, statement, agents: [] };
    lot.agents.push(agent);
    lots.set(id, lot);
  }
  return [...lots.values()]
    .map((lot) => ({ ...lot, ...hostsOn(lot.agents) }))
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.hosts - a.hosts);
}

function lineOf(lot: Lot & HostCount): string {
  const carries = lot.statement === undefined ? 'its Statement is not known' : `Statement ${lot.statement}`;
  const agent = `agent ${lot.version ?? 'of unknown version'}, ${carries}`;
  return `${counted(lot)} (${agent}): ${what(lot)}`;
}

function what({ outcome, atRisk, statement }: Lot): string {
  switch (outcome) {
    case 'switched-off':
      return 'KSN is switched off on the host and in the policy, since the agent carries another Statement';
    case 'blocked':
      return 'blocked: the Statement is not accepted, so that the console would not save the policy';
    case 'unknown':
      return statement === undefined
        ? 'not known, for lack of the agent’s Statement version'
        : 'not known: what decides it can’t be told';
    case 'on':
      return atRisk
        ? 'KSN is on, but at risk: other agents of this policy switch it off in the policy, and these hosts may follow'
        : 'KSN is on';
    case 'off':
      return 'KSN is off';
    case 'device':
      return 'each device’s own setting decides';
  }
}

/** `1,200 hosts`, `hosts (number not given)`. */
export function counted({ hosts, uncounted }: HostCount): string {
  if (hosts === 0 && uncounted > 0) return 'hosts, number not given';
  const counted = hosts === 1 ? '1 host' : `${inThousands(hosts)} hosts`;
  return uncounted > 0 ? `${counted} and more that are not counted` : counted;
}
