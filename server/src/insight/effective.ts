import { malformed, orDefault, wellFormed, type KsnFacts, type Stated } from '../model/facts';
import {
  isDevice,
  isPolicy,
  type DeviceDocument,
  type Document,
  type PolicyDocument,
} from '../project/document';
import { requiredStatement, settled, sourceOf, type Source } from '../project/effective';
import {
  acceptanceDue,
  hostsOf,
  isAtRisk,
  isDeviceAtRisk,
  outcomeOf,
  outcomeOfDevice,
  outcomesOf,
  stateOfPolicy,
  statementOf,
  versionOf,
  type Agent,
  type Outcome,
} from '../project/outcome';
import type { Project } from '../project/project';
import { isInField, met } from '../project/reach';
import { reasonsForDevice, reasonsForPolicy, type Reason } from './effective-reasons';

/** KSN settings as they hold, with defaults; a member that can't be told is null. */
export interface EffectiveSettings {
  readonly enabled: boolean | null;
  readonly useKscAsKsnProxy: boolean | null;
  readonly statementVersion: string | null;
  readonly accepted: boolean | null;
}

/** An agent that a document meets, with what becomes of KSN there. */
export interface AgentOutcome {
  readonly version: string | null;
  readonly statementVersion: string | null;
  /** How many hosts; null where the config does not say. */
  readonly hosts: number | null;
  /** The device document or the config, as a path in the project. */
  readonly path: string;
  /** The config entry's pointer; `/agent` in a device. */
  readonly pointer: string;
  readonly outcome: Outcome;
  readonly atRisk: boolean;
}

/** What holds for a policy or a device, whatever its agents are. Paths are within the project. */
export interface Holding {
  readonly settings: EffectiveSettings;
  /** Whether the settings hold by enforcement; null where that can't be told. */
  readonly enforced: boolean | null;
  /** The document whose settings hold; null where that can't be told. */
  readonly decidedBy: string | null;
  /** What becomes of KSN, in a word. */
  readonly state: Outcome;
}

interface Answer extends Holding {
  readonly path: string;
  readonly kind: 'policy' | 'device';
  readonly name: string | null;
  readonly administrationGroup: string | null;
  /** Of a policy. */
  readonly status?: 'active' | 'inactive' | 'outOfOffice' | null;
  /** False for an inactive policy: what is said of it would hold if it were active. */
  readonly inForce: boolean;
  readonly requiredStatement: string | null;
  /** Of a policy: its Statement is not the plug-in's, or that is unknown. */
  readonly acceptanceDue: boolean;
}

/** What is in force for a policy or a device, and why. Paths are within the project. */
export interface EffectiveAnswer extends Answer {
  readonly agents: readonly AgentOutcome[];
  readonly reasons: readonly Reason[];
}

/** The same for an inventory, in which devices have answers of their own: a root policy meets all of them. */
export interface InventoryAnswer extends Answer {
  /** Of a policy: the config's entries that it meets; of a device: its own. */
  readonly agents: readonly AgentOutcome[];
  /** Of a policy: how many device documents it meets. */
  readonly devices: number;
}

/** The effective KSN settings and the outcome of a policy or a device; `undefined` for neither. */
export function effectiveAnswer(project: Project, document: Document): EffectiveAnswer | undefined {
  if (isPolicy(document)) {
    const agents = outcomeOf(project, document).agents.map(({ agent, outcome, atRisk }) =>
      describeAgent(project, agent, outcome, atRisk),
    );
    const reasons = reasonsForPolicy(project, document, sourceOf(project, document));
    return Object.assign(aboutPolicy(project, document), { agents, reasons });
  }
  if (!isDevice(document)) return undefined;
  const reasons = reasonsForDevice(project, document, sourceOf(project, document));
  return Object.assign(aboutDevice(project, document), { agents: [itsAgent(project, document)], reasons });
}

/** The same without the reasons, and with devices that a policy meets counted. */
export function inventoryAnswer(project: Project, document: Document): InventoryAnswer | undefined {
  if (isPolicy(document)) {
    const risk = isAtRisk(project, document);
    const outcomeAt = outcomesOf(project, document);
    const { entries, devices } = met(project, document);
    const agents = entries.filter(isInField).map((entry) => {
      const outcome = outcomeAt({ entry });
      return describeAgent(project, { entry }, outcome, risk && outcome === 'on');
    });
    return Object.assign(aboutPolicy(project, document), { agents, devices: devices.length });
  }
  if (!isDevice(document)) return undefined;
  return Object.assign(aboutDevice(project, document), { agents: [itsAgent(project, document)], devices: 0 });
}

/** The settings in force for a policy or a device, and what becomes of KSN, in a word. */
export function holdingOf(project: Project, document: PolicyDocument | DeviceDocument): Holding {
  const state = isPolicy(document) ? stateOfPolicy(project, document) : outcomeOfDevice(project, document);
  return { ...inForce(sourceOf(project, document)), state };
}

function inForce(source: Source): Omit<Holding, 'state'> {
  if (!source.known) return { settings: noSettings, enforced: null, decidedBy: null };
  return { settings: settingsOf(source.by), enforced: source.enforced, decidedBy: source.by.path };
}

// Put together in one literal, and members added: copies of objects with as many members are slow ones.
function aboutPolicy(project: Project, policy: PolicyDocument): Answer {
  const { facts } = policy;
  const { settings, enforced, decidedBy } = inForce(sourceOf(project, policy));
  const status = orDefault(facts.status, 'active');
  return {
    path: policy.path,
    kind: 'policy',
    name: told(facts.name),
    administrationGroup: told(facts.administrationGroup),
    status: status === malformed ? null : status,
    state: stateOfPolicy(project, policy),
    inForce: status !== 'inactive',
    settings,
    enforced,
    decidedBy,
    requiredStatement: told(requiredStatement(project, policy)),
    acceptanceDue: acceptanceDue(project, policy),
  };
}

function aboutDevice(project: Project, device: DeviceDocument): Answer {
  const { facts } = device;
  const { settings, enforced, decidedBy } = inForce(sourceOf(project, device));
  return {
    path: device.path,
    kind: 'device',
    name: told(facts.name),
    administrationGroup: told(facts.administrationGroup),
    state: outcomeOfDevice(project, device),
    inForce: true,
    settings,
    enforced,
    decidedBy,
    requiredStatement: told(requiredStatement(project, device)),
    acceptanceDue: false,
  };
}

function itsAgent(project: Project, device: DeviceDocument): AgentOutcome {
  const outcome = outcomeOfDevice(project, device);
  return describeAgent(project, { device }, outcome, outcome === 'on' && isDeviceAtRisk(project, device));
}

const noSettings: EffectiveSettings = {
  enabled: null,
  useKscAsKsnProxy: null,
  statementVersion: null,
  accepted: null,
};

// A policy decides for thousands of devices, and documents that say the same have these facts in common.
const settingsByFacts = new WeakMap<KsnFacts, EffectiveSettings>();

function settingsOf(document: Document): EffectiveSettings {
  const { ksn } = document.facts!;
  let settings = settingsByFacts.get(ksn);
  if (!settings) {
    const { enabled, useKscAsKsnProxy, statementVersion, accepted } = settled(ksn);
    settings = {
      enabled: told(enabled),
      useKscAsKsnProxy: told(useKscAsKsnProxy),
      statementVersion: told(statementVersion),
      accepted: told(accepted),
    };
    settingsByFacts.set(ksn, settings);
  }
  return settings;
}

function describeAgent(project: Project, agent: Agent, outcome: Outcome, atRisk: boolean): AgentOutcome {
  return {
    version: told(versionOf(agent)),
    statementVersion: told(statementOf(agent)),
    hosts: hostsOf(agent) ?? null,
    path: agent.device ? agent.device.path : (project.config?.path ?? ''),
    pointer: agent.device ? '/agent' : agent.entry.pointer,
    outcome,
    atRisk,
  };
}

const told = <T>(stated: Stated<T>): T | null => wellFormed(stated) ?? null;
