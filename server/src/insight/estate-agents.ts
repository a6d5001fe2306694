import { wellFormed } from '../model/facts';
import { isDevice } from '../project/document';
import { hostsOn, type HostCount } from '../project/hosts';
import type { Agent, Outcome } from '../project/outcome';
import type { Project } from '../project/project';
import { undecidedEntries } from '../project/undecided';
import type { InventoryAnswer } from './effective';

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
  /** The worst outcome under any policy that reaches them; unknown where none does, but it can't be told which applies; else null. */
  readonly outcome: Outcome | null;
  /** Policies that reach them do not agree, so that the outcome need not be that of every host. */
  readonly mixed: boolean;
  readonly atRisk: boolean;
  /** The policies (or the device itself) under which that outcome holds. */
  readonly under: readonly string[];
}

const anywhere: readonly string[] = Object.freeze([]);

// What an administrator must see first.
const severity: readonly Outcome[] = ['switched-off', 'blocked', 'unknown', 'device', 'off', 'on'];

/** Every entry of the config once, whoever reaches it, and every device document. */
export function agentsIn(project: Project, documents: readonly InventoryAnswer[]): EstateAgents[] {
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
          administrationGroups: anywhere,
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
  const undecided = undecidedEntries(project);
  const entries = allEntries(project).map((entry): EstateAgents => {
    const seen = met.get(entry.pointer);
    const worst = severity.find((candidate) => seen?.under.has(candidate));
    const outcome = worst ?? (undecided.has(entry) ? 'unknown' : null);
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
      under: (worst && seen?.under.get(worst)) ?? [],
    };
  });
  return [...entries, ...rows];
}

/** How many hosts agents are on; a device that an entry among them counts already is not counted again. */
export function countOf(project: Project, agents: readonly EstateAgents[]): HostCount {
  const entries = new Map(allEntries(project).map((entry) => [entry.pointer, entry]));
  return hostsOn(
    agents.flatMap(({ source, path, pointer }): Agent[] => {
      if (source === 'config') return [{ entry: entries.get(pointer)! }];
      const device = project.document(path);
      return device && isDevice(device) ? [{ device }] : [];
    }),
  );
}

/** The agents of the config, those of its overrides behind its own. */
export function allEntries(project: Project) {
  const facts = project.config?.facts;
  return [...(facts?.agents ?? []), ...(facts?.overrides ?? []).flatMap((override) => override.agents ?? [])];
}

/** `up to ` where not every host that counts as losing KSN need be under the policy that switches it off. */
export function atMost({ agents }: { readonly agents: readonly EstateAgents[] }): string {
  return agents.some(({ outcome, mixed }) => outcome === 'switched-off' && mixed) ? 'up to ' : '';
}
