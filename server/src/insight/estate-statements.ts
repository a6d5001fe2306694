import { wellFormed } from '../model/facts';
import type { Document } from '../project/document';
import type { Project } from '../project/project';
import { allEntries } from './estate-agents';

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

/** Every Statement version that is mentioned anywhere, in order. @param documents those of the project, by path */
export function statementsIn(project: Project, documents: readonly Document[]): EstateStatement[] {
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
  for (const document of documents) {
    const stated = document.facts?.ksn.statement?.version;
    if (typeof stated === 'string') {
      (document.facts!.kind === 'policy' ? row(stated).policies : row(stated).devices).push(document.path);
    }
  }
  return [...rows]
    .map(([version, found]) => ({ version, ...found }))
    .sort((a, b) => (a.version < b.version ? -1 : 1));
}
