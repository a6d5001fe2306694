import { wellFormed } from '../model/facts';
import { isDevice, isPolicy } from '../project/document';
import type { HostCount } from '../project/hosts';
import type { Outcome } from '../project/outcome';
import type { Project } from '../project/project';
import type { Finding } from '../rules/finding';
import { inventoryAnswer, type InventoryAnswer } from './effective';
import { agentsIn, countOf, type EstateAgents } from './estate-agents';
import { findingCounts, type FindingCounts } from './estate-findings';
import { acceptanceIn, exceptionsIn, type EstateAcceptance, type EstateException } from './estate-records';
import { statementsIn, type EstateStatement } from './estate-statements';

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

/** The inventory of a project. Paths are within the project. */
export interface Estate extends FindingCounts {
  readonly plugin: { readonly version: string | null; readonly statementVersion: string | null } | null;
  readonly documents: readonly InventoryAnswer[];
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
}

/** The inventory of a project. @param now milliseconds since 1970 UTC */
export function estateOf({ project, findings }: EstateSide, now: number): Estate {
  const documents: InventoryAnswer[] = [];
  const unreadable: string[] = [];
  const acceptances: EstateAcceptance[] = [];
  const exceptions: EstateException[] = [];
  // All lists are in the order of paths.
  const sorted = [...project.documents].sort(byPath);
  for (const document of sorted) {
    const answer = inventoryAnswer(project, document);
    if (!answer) unreadable.push(document.path);
    else documents.push(answer);
    if (!isPolicy(document) && !isDevice(document)) continue;
    const acceptance = acceptanceIn(project, document);
    if (acceptance) acceptances.push(acceptance);
    exceptions.push(...exceptionsIn(document, now));
  }
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
    unreadable,
    agents,
    losing: countOf(
      project,
      agents.filter(({ outcome }) => outcome === 'switched-off'),
    ),
    atRisk: countOf(
      project,
      agents.filter(({ outcome, atRisk }) => atRisk && outcome !== 'switched-off'),
    ),
    statements: statementsIn(project, sorted),
    acceptancesDue: documents
      .filter(({ kind, acceptanceDue }) => kind === 'policy' && acceptanceDue)
      .map(({ path, name, requiredStatement }) => ({ path, name, required: requiredStatement })),
    acceptances,
    exceptions,
    ...findingCounts(findings),
  };
}

function countStates(documents: readonly InventoryAnswer[]): Record<Outcome, number> {
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

const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
