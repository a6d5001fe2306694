import { wellFormed } from '../model/facts';
import { isDevice, isPolicy } from '../project/document';
import { requiredStatement } from '../project/effective';
import { hostsOn, type HostCount } from '../project/hosts';
import type { Agent, Outcome } from '../project/outcome';
import type { Project } from '../project/project';
import { isExpired } from '../rules/exceptions';
import type { Finding } from '../rules/finding';
import { effectiveAnswer, type EffectiveAnswer } from './effective';

/** A project with what was found in it. */
export interface EstateSide {
  readonly project: Project;
  readonly findings: readonly Finding[];
}

export const states = [
  'on',
  'switched-off',
  'blocked',
  'unknown',
  'device',
  'off',
] as const satisfies readonly Outcome[];

/** Agents of one version with one Statement, and what becomes of KSN on their hosts. */
export interface EstateAgents {
  /** The config or the device document. */
  readonly path: string;
  readonly pointer: string;
  readonly source: 'config' | 'device';
  readonly version: string | null;
  readonly statementVersion: string | null;
  /** Where they are; empty: anywhere. */
  readonly administrationGroups: readonly string[];
  readonly hosts: number | null;
  /** The worst outcome under any policy that reaches them; null where no policy does. */
  readonly outcome: Outcome | null;
  /** Policies that reach them do not agree, so that the outcome need not be that of every host. */
  readonly mixed: boolean;
  readonly atRisk: boolean;
  /** The policies (or the device itself) under which that outcome holds. */
  readonly under: readonly string[];
}

/** Where a Statement version is found. */
export interface EstateStatement {
  readonly version: string;
  /** The managing plug-in of the config carries it. */
  readonly inPlugin: boolean;
  readonly inCatalogue: boolean;
  readonly policies: readonly string[];
  readonly devices: readonly string[];
  /** Hosts of agents that carry it, device documents not counted. */
  readonly hosts: number;
  readonly uncounted: number;
}

export interface EstateAcceptance {
  readonly path: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: string | null;
  readonly language: string | null;
  readonly sha256: string | null;
  /** The Statement required is another one, or not known. */
  readonly due: boolean;
}

export interface EstateException {
  readonly path: string;
  readonly rule: string | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly expires: string | null;
  readonly expired: boolean;
}

/** The inventory of a project. Paths are within the project. */
export interface Estate {
  readonly plugin: { readonly version: string | null; readonly statementVersion: string | null } | null;
  readonly documents: readonly EffectiveAnswer[];
  /** Documents by state; every policy in force and every device is in exactly one. */
  readonly policies: Readonly<Record<Outcome, number>>;
  readonly devices: Readonly<Record<Outcome, number>>;
  /** Inactive policies, which are in no state. */
  readonly inactive: number;
  /** Files that are neither a policy nor a device that could be read. */
  readonly unreadable: readonly string[];
  readonly agents: readonly EstateAgents[];
  /** Hosts on which KSN is switched off, and those on which it would probably follow; each host once. */
  readonly losing: HostCount;
  readonly atRisk: HostCount;
  readonly statements: readonly EstateStatement[];
  /** Policies (and devices) whose Statement has to be accepted before they can be saved again. */
  readonly acceptancesDue: readonly {
    readonly path: string;
    readonly name: string | null;
    readonly required: string | null;
  }[];
  readonly acceptances: readonly EstateAcceptance[];
  readonly exceptions: readonly EstateException[];
  readonly findings: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly excepted: number;
  };
  readonly findingsByRule: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly count: number;
  }[];
}

/** The inventory of a project. @param now milliseconds since 1970 UTC */
export function estateOf({ project, findings }: EstateSide, now: number): Estate {
  const documents: EffectiveAnswer[] = [];
  const unreadable: string[] = [];
  const acceptances: EstateAcceptance[] = [];
  const exceptions: EstateException[] = [];
  for (const document of project.documents) {
    const answer = effectiveAnswer(project, document, false);
    if (!answer) unreadable.push(document.path);
    else documents.push(answer);
    if (!isPolicy(document) && !isDevice(document)) continue;
    const { statement } = document.facts.ksn;
    if (statement?.accepted === true) {
      const version = wellFormed(statement.version) ?? null;
      acceptances.push({
        path: document.path,
        name: answer!.name,
        version,
        acceptedBy: wellFormed(statement.acceptedBy) ?? null,
        acceptedAt: wellFormed(statement.acceptedAt) ?? null,
        language: wellFormed(statement.language) ?? null,
        sha256: wellFormed(statement.sha256) ?? null,
        due: version === null || requiredStatement(project, document) !== version,
      });
    }
    for (const exception of document.facts.exceptions) {
      exceptions.push({
        path: document.path,
        rule: wellFormed(exception.rule) ?? null,
        reason: wellFormed(exception.reason) ?? null,
        approvedBy: wellFormed(exception.approvedBy) ?? null,
        expires: wellFormed(exception.expires) ?? null,
        expired: isExpired(exception, now),
      });
    }
  }
  documents.sort(byPath);
  const agents = agentsIn(project, documents);
  const plugin = project.config?.facts.plugin;
  return {
    plugin: plugin
      ? {
          version: wellFormed(plugin.version) ?? null,
          statementVersion: wellFormed(plugin.statementVersion) ?? null,
        }
      : null,
    documents,
    policies: countStates(documents.filter(({ kind, inForce }) => kind === 'policy' && inForce)),
    devices: countStates(documents.filter(({ kind }) => kind === 'device')),
    inactive: documents.filter(({ inForce }) => !inForce).length,
    unreadable: unreadable.sort(),
    agents,
    losing: countOf(
      project,
      agents.filter(({ outcome }) => outcome === 'switched-off'),
    ),
    atRisk: countOf(
      project,
      agents.filter(({ outcome, atRisk }) => atRisk && outcome !== 'switched-off'),
    ),
    statements: statementsIn(project),
    acceptancesDue: documents
      .filter(({ kind, acceptanceDue }) => kind === 'policy' && acceptanceDue)
      .map(({ path, name, requiredStatement }) => ({ path, name, required: requiredStatement })),
    acceptances: acceptances.sort(byPath),
    exceptions: exceptions.sort(byPath),
    ...findingCounts(findings),
  };
}

function countStates(documents: readonly EffectiveAnswer[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    on: 0,
    off: 0,
    blocked: 0,
    unknown: 0,
    device: 0,
    'switched-off': 0,
  };
  for (const { state } of documents) counts[state]++;
  return counts;
}

// What an administrator must see first.
const severity: readonly Outcome[] = ['switched-off', 'blocked', 'unknown', 'device', 'off', 'on'];

/** Every entry of the config once, whoever reaches it, and every device document. */
function agentsIn(project: Project, documents: readonly EffectiveAnswer[]): EstateAgents[] {
  const met = new Map<string, { under: Map<Outcome, string[]>; atRisk: boolean }>();
  const rows: EstateAgents[] = [];
  for (const { kind, path, inForce, agents } of documents) {
    if (!inForce) continue;
    for (const agent of agents) {
      if (kind === 'device') {
        const { version, statementVersion, hosts, outcome, atRisk } = agent;
        rows.push({
          path,
          pointer: '/agent',
          source: 'device',
          version,
          statementVersion,
          administrationGroups: [],
          hosts,
          outcome,
          mixed: false,
          atRisk,
          under: [path],
        });
      } else if (agent.pointer !== '/agent') {
        const seen = met.get(agent.pointer) ?? { under: new Map<Outcome, string[]>(), atRisk: false };
        const alike = seen.under.get(agent.outcome);
        if (alike) alike.push(path);
        else seen.under.set(agent.outcome, [path]);
        seen.atRisk ||= agent.atRisk;
        met.set(agent.pointer, seen);
      }
    }
  }
  const entries = allEntries(project).map((entry): EstateAgents => {
    const seen = met.get(entry.pointer);
    const outcome = severity.find((candidate) => seen?.under.has(candidate)) ?? null;
    return {
      path: project.config!.path,
      pointer: entry.pointer,
      source: 'config',
      version: wellFormed(entry.version) ?? null,
      statementVersion: wellFormed(entry.statementVersion) ?? null,
      administrationGroups: entry.administrationGroups ?? [],
      hosts: wellFormed(entry.hosts) ?? null,
      outcome,
      mixed: (seen?.under.size ?? 0) > 1,
      atRisk: seen?.atRisk ?? false,
      under: outcome === null ? [] : seen!.under.get(outcome)!,
    };
  });
  return [...entries, ...rows];
}

/** How many hosts agents are on; a device that an entry among them counts already is not counted again. */
function countOf(project: Project, agents: readonly EstateAgents[]): HostCount {
  const entries = new Map(allEntries(project).map((entry) => [entry.pointer, entry]));
  return hostsOn(
    agents.flatMap(({ source, path, pointer }): Agent[] => {
      if (source === 'config') return [{ entry: entries.get(pointer)! }];
      const device = project.document(path);
      return device && isDevice(device) ? [{ device }] : [];
    }),
  );
}

function allEntries(project: Project) {
  const facts = project.config?.facts;
  return [...(facts?.agents ?? []), ...(facts?.overrides ?? []).flatMap((override) => override.agents ?? [])];
}

function statementsIn(project: Project): EstateStatement[] {
  interface Row {
    inPlugin: boolean;
    inCatalogue: boolean;
    policies: string[];
    devices: string[];
    hosts: number;
    uncounted: number;
  }
  const rows = new Map<string, Row>();
  const row = (version: string): Row => {
    let found = rows.get(version);
    if (!found) {
      found = { inPlugin: false, inCatalogue: false, policies: [], devices: [], hosts: 0, uncounted: 0 };
      rows.set(version, found);
    }
    return found;
  };
  const facts = project.config?.facts;
  const carried = wellFormed(facts?.plugin?.statementVersion);
  if (carried !== undefined) row(carried).inPlugin = true;
  for (const { version } of facts?.statements ?? []) {
    if (typeof version === 'string') row(version).inCatalogue = true;
  }
  for (const { statementVersion, hosts } of allEntries(project)) {
    if (typeof statementVersion !== 'string') continue;
    if (typeof hosts === 'number') row(statementVersion).hosts += hosts;
    else row(statementVersion).uncounted++;
  }
  for (const document of project.documents) {
    const stated = document.facts?.ksn.statement?.version;
    if (typeof stated === 'string') {
      (document.facts!.kind === 'policy' ? row(stated).policies : row(stated).devices).push(document.path);
    }
  }
  return [...rows]
    .map(([version, found]) => ({
      version,
      ...found,
      policies: found.policies.sort(),
      devices: found.devices.sort(),
    }))
    .sort((a, b) => (a.version < b.version ? -1 : 1));
}

function findingCounts(findings: readonly Finding[]): Pick<Estate, 'findings' | 'findingsByRule'> {
  const counts = { error: 0, warning: 0, info: 0, excepted: 0 };
  const rules = new Map<string, { rule: string; severity: string; count: number }>();
  for (const { rule, severity, excepted } of findings) {
    if (excepted) {
      counts.excepted++;
      continue;
    }
    counts[severity]++;
    const id = `${rule} ${severity}`;
    const seen = rules.get(id);
    if (seen) seen.count++;
    else rules.set(id, { rule, severity, count: 1 });
  }
  const order = ['error', 'warning', 'info'];
  return {
    findings: counts,
    findingsByRule: [...rules.values()].sort(
      (a, b) =>
        order.indexOf(a.severity) - order.indexOf(b.severity) ||
        b.count - a.count ||
        (a.rule < b.rule ? -1 : 1),
    ),
  };
}

const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
