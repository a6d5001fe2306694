import { malformed, orDefault, wellFormed, type Stated } from '../model/facts';
import {
  isDevice,
  isPolicy,
  type DeviceDocument,
  type Document,
  type PolicyDocument,
} from '../project/document';
import {
  deviations,
  forcedBy,
  requiredStatement,
  settled,
  sourceOf,
  type Source,
} from '../project/effective';
import {
  hostsOf,
  isAtRisk,
  outcomeOf,
  outcomeOfDevice,
  stateOfPolicy,
  statementOf,
  versionOf,
  type Agent,
  type Outcome,
} from '../project/outcome';
import { Ambiguity, parentOf, policyInForce, type Project } from '../project/project';

/** KSN settings as they hold, with defaults; a member that can't be told is null. */
export interface EffectiveSettings {
  readonly enabled: boolean | null;
  readonly useKscAsKsnProxy: boolean | null;
  readonly statementVersion: string | null;
  readonly accepted: boolean | null;
}

/** A document that had a say in the answer. */
export interface Reason {
  readonly path: string;
  /** `decides`: its settings hold. `lost`: it says something else that has no effect. `context`: it explains why. */
  readonly role: 'decides' | 'lost' | 'context';
  /** A sentence. */
  readonly because: string;
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

/** What is in force for a policy or a device. Paths are within the project. */
export interface EffectiveAnswer {
  readonly path: string;
  readonly kind: 'policy' | 'device';
  readonly name: string | null;
  readonly administrationGroup: string | null;
  /** Of a policy. */
  readonly status?: 'active' | 'inactive' | 'outOfOffice' | null;
  /** What becomes of KSN, in a word. */
  readonly state: Outcome;
  /** False for an inactive policy: what is said of it would hold if it were active. */
  readonly inForce: boolean;
  readonly settings: EffectiveSettings;
  /** Whether the settings hold by enforcement; null where that can't be told. */
  readonly enforced: boolean | null;
  /** The document whose settings hold; null where that can't be told. */
  readonly decidedBy: string | null;
  readonly requiredStatement: string | null;
  /** Of a policy: its Statement is not the plug-in's, or that is unknown. */
  readonly acceptanceDue: boolean;
  readonly agents: readonly AgentOutcome[];
  readonly reasons: readonly Reason[];
}

/**
 * The effective KSN settings and the outcome of a policy or a device; `undefined` for neither.
 * @param withReasons whether to say why, too: inventories and comparisons have no use for that
 */
export function effectiveAnswer(
  project: Project,
  document: Document,
  withReasons = true,
): EffectiveAnswer | undefined {
  if (isPolicy(document)) return answerForPolicy(project, document, withReasons);
  if (isDevice(document)) return answerForDevice(project, document, withReasons);
  return undefined;
}

function answerForPolicy(project: Project, policy: PolicyDocument, withReasons: boolean): EffectiveAnswer {
  const { facts } = policy;
  const source = sourceOf(project, policy);
  const outcome = outcomeOf(project, policy);
  const status = orDefault(facts.status, 'active');
  return {
    path: policy.path,
    kind: 'policy',
    name: told(facts.name),
    administrationGroup: told(facts.administrationGroup),
    status: status === malformed ? null : status,
    state: stateOfPolicy(project, policy, outcome),
    inForce: status !== 'inactive',
    settings: source.known ? settingsOf(source.by) : noSettings,
    enforced: source.known ? source.enforced : null,
    decidedBy: source.known ? source.by.path : null,
    requiredStatement: told(requiredStatement(project, policy)),
    acceptanceDue: outcome.acceptanceDue,
    agents: outcome.agents.map(({ agent, outcome, atRisk }) =>
      describeAgent(project, agent, outcome, atRisk),
    ),
    reasons: withReasons ? reasonsForPolicy(project, policy, source) : [],
  };
}

function answerForDevice(project: Project, device: DeviceDocument, withReasons: boolean): EffectiveAnswer {
  const { facts } = device;
  const source = sourceOf(project, device);
  const outcome = outcomeOfDevice(project, device);
  const policy = source.known && source.enforced ? source.policy : undefined;
  const risk = outcome === 'on' && policy !== undefined && isAtRisk(project, policy);
  return {
    path: device.path,
    kind: 'device',
    name: told(facts.name),
    administrationGroup: told(facts.administrationGroup),
    state: outcome,
    inForce: true,
    settings: source.known ? settingsOf(source.by) : noSettings,
    enforced: source.known ? source.enforced : null,
    decidedBy: source.known ? source.by.path : null,
    requiredStatement: told(requiredStatement(project, device)),
    acceptanceDue: false,
    agents: [describeAgent(project, { device }, outcome, risk)],
    reasons: withReasons ? reasonsForDevice(project, device, source) : [],
  };
}

const noSettings: EffectiveSettings = {
  enabled: null,
  useKscAsKsnProxy: null,
  statementVersion: null,
  accepted: null,
};

function settingsOf(document: Document): EffectiveSettings {
  const { enabled, useKscAsKsnProxy, statementVersion, accepted } = settled(document.facts!.ksn);
  return {
    enabled: told(enabled),
    useKscAsKsnProxy: told(useKscAsKsnProxy),
    statementVersion: told(statementVersion),
    accepted: told(accepted),
  };
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

function reasonsForPolicy(project: Project, policy: PolicyDocument, source: Source): Reason[] {
  const reasons: Reason[] = [];
  const name = quoted(policy);
  if (policy.facts.status === 'inactive') {
    reasons.push(
      context(
        policy,
        `${name} is inactive: it is applied nowhere, and what is said here would hold if it were active.`,
      ),
    );
  }
  if (policy.facts.status === 'outOfOffice') {
    reasons.push(
      context(
        policy,
        `${name} is an out-of-office policy: it has no parent, and its own settings hold while it is applied.`,
      ),
    );
  }
  if (!source.known) return [...reasons, ...unknownReasons(policy, source)];
  const parent = parentOf(project, policy);
  if (source.by === policy) {
    reasons.push(
      decides(
        policy,
        source.enforced
          ? `${name} enforces its own Kaspersky Security Network group.`
          : `The group of ${name} is Undefined: its values are saved, but not applied, and each device keeps its own.`,
      ),
    );
    if (parent === undefined && policy.facts.status !== 'outOfOffice') {
      reasons.push(context(policy, 'No group above has an active policy.'));
    } else if (parent && !(parent instanceof Ambiguity)) {
      reasons.push(
        lost(
          parent,
          policy.facts.inheritFromParent === false
            ? `${name} declines to inherit from its parent ${quoted(parent)}.`
            : `Nothing is enforced in the parent ${quoted(parent)}.`,
        ),
      );
    }
    return reasons;
  }
  reasons.push(
    decides(
      source.by,
      `${quoted(source.by)} enforces its Kaspersky Security Network group, and ${name} inherits it.`,
    ),
  );
  const forced = forcedBy(project, policy);
  if (policy.facts.inheritFromParent === false && typeof forced === 'object') {
    reasons.push(
      context(
        forced,
        `${quoted(forced)} forces inheritance, so that ${name} inherits although it declines to.`,
      ),
    );
  }
  reasons.push(lost(policy, overruled(policy, source.by)));
  return reasons;
}

function reasonsForDevice(project: Project, device: DeviceDocument, source: Source): Reason[] {
  if (!source.known) return unknownReasons(device, source);
  const name = quoted(device);
  if (source.by !== device) {
    const by = source.by as PolicyDocument;
    const reasons = [
      decides(by, `${quoted(by)} enforces its Kaspersky Security Network group, which reaches ${name}.`),
    ];
    if (source.policy && source.policy !== by) {
      reasons.push(
        context(
          source.policy,
          `${quoted(source.policy)} is the policy in force in the device's group, and inherits it.`,
        ),
      );
    }
    return [...reasons, lost(device, overruled(device, by))];
  }
  const reasons = [decides(device, `The own settings of ${name} hold.`)];
  const policy = policyInForce(project.groupOf(device));
  if (policy === undefined) reasons.push(context(device, 'No active policy reaches it.'));
  else if (!(policy instanceof Ambiguity))
    reasons.push(
      lost(
        policy,
        `The effective group of ${quoted(policy)} is Undefined: its values are saved, but not applied.`,
      ),
    );
  return reasons;
}

function overruled(document: PolicyDocument | DeviceDocument, by: Document): string {
  const members = deviations(document.facts.ksn, by.facts!.ksn).map(
    ({ pointer, own, above }) =>
      `${pointer.slice('/ksn/'.length).replace('/', '.')} is ${JSON.stringify(own)} here and ${above === undefined ? 'absent' : JSON.stringify(above)} there`,
  );
  return members.length === 0
    ? `${quoted(document)} states nothing else.`
    : `What ${quoted(document)} states has no effect: ${members.join('; ')}.`;
}

function unknownReasons(
  document: PolicyDocument | DeviceDocument,
  source: Extract<Source, { known: false }>,
): Reason[] {
  const { because } = source;
  if (!(because instanceof Ambiguity)) {
    return [
      context(
        because,
        `A member of ${quoted(because)} that decides is malformed, so that it can't be told what holds for ${quoted(document)}.`,
      ),
    ];
  }
  return because.policies.map((policy) =>
    context(
      policy,
      `The group ${because.group.path} has no single active policy: ${quoted(policy)} is one of ${because.policies.length}.`,
    ),
  );
}

const decides = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'decides',
  because,
});
const lost = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'lost',
  because,
});
const context = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'context',
  because,
});

/** A document's name in quotes; its path where it has no well-formed one. */
export function quoted(document: Document): string {
  const name = document.facts && wellFormed(document.facts.name);
  return `“${name ?? document.path}”`;
}
