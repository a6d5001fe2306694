import { wellFormed, type Stated } from '../model/facts';
import type { Project } from '../project/project';
import { inNaturalOrder } from './natural-order';

/** Names that a project uses, for completion: each once, in natural order. */
export interface KnownNames {
  readonly statements: readonly string[];
  readonly groups: readonly string[];
  readonly agentVersions: readonly string[];
  readonly pluginVersions: readonly string[];
  readonly languages: readonly string[];
}

/** @param except the path of a document whose own names do not count: one that is being typed */
export function knownNames(project: Project, except?: string): KnownNames {
  const statements = new Set<string>();
  const groups = new Set<string>();
  const agentVersions = new Set<string>();
  const pluginVersions = new Set<string>();
  const add = (to: Set<string>, stated: Stated<string>): void => {
    const value = wellFormed(stated);
    if (typeof value === 'string' && value !== '') to.add(value);
  };
  for (const { path, facts } of project.documents) {
    if (!facts || path === except) continue;
    add(groups, facts.administrationGroup);
    add(statements, facts.ksn.statement?.version);
    if (facts.kind === 'policy') {
      add(statements, facts.plugin?.statementVersion);
      add(pluginVersions, facts.plugin?.version);
    } else {
      add(statements, facts.agent.statementVersion);
      add(agentVersions, facts.agent.version);
    }
  }
  const config = project.config?.facts;
  for (const settings of config ? [config, ...config.overrides] : []) {
    add(statements, settings.plugin?.statementVersion);
    add(pluginVersions, settings.plugin?.version);
    for (const agent of settings.agents ?? []) {
      add(statements, agent.statementVersion);
      add(agentVersions, agent.version);
      agent.administrationGroups?.forEach((group) => groups.add(group));
    }
  }
  config?.statements.forEach((entry) => add(statements, entry.version));
  config?.administrationGroups?.forEach((group) => groups.add(group));
  const languages = new Set<string>();
  config?.statements.forEach(({ texts }) => texts.forEach((text) => add(languages, text.language)));
  const sorted = (set: ReadonlySet<string>): string[] => [...set].sort(inNaturalOrder);
  return {
    statements: sorted(statements),
    groups: sorted(groups),
    agentVersions: sorted(agentVersions),
    pluginVersions: sorted(pluginVersions),
    languages: sorted(languages),
  };
}
