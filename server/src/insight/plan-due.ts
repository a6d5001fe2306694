import { wellFormed } from '../model/facts';
import { compareVersions, kmpNotConfigurableFrom } from '../model/version';
import { isDevice, isPolicy, type Document } from '../project/document';
import { isAccepted, isOn, managingPlugin, requiredStatement } from '../project/effective';
import type { Project } from '../project/project';
import type { PlanRequest } from './plan-steps';

/** A policy or device that needs acceptance of the Statement again after the update. */
export interface DueAgain {
  readonly path: string;
  readonly name: string | null;
  readonly accepted: string | null;
  /** `null`: the plug-in's Statement was not given, so whether it is due is not known. */
  readonly required: string | null;
  /** Already due before the update. */
  readonly before: boolean;
}

/** The policies and devices that need acceptance after an update of the plug-in, in path order. */
export function dueAfter(project: Project, { plugin }: PlanRequest): DueAgain[] {
  const due: DueAgain[] = [];
  for (const document of project.documents) {
    if (!isPolicy(document) && !isDevice(document)) continue;
    const { ksn } = document.facts;
    if (!isOn(ksn)) continue;
    const before = requiredStatement(project, document);
    const required = plugin && isManagedByIt(project, document) ? plugin.statementVersion : before;
    const accepted = isAccepted(ksn) ? ksn.statement?.version : undefined;
    if (typeof required === 'string' && accepted === required) continue;
    due.push({
      path: document.path,
      name: wellFormed(document.facts.name) ?? null,
      accepted: wellFormed(accepted) ?? null,
      required: wellFormed(required) ?? null,
      before: typeof before === 'string' && accepted !== before,
    });
  }
  return due.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** An override that names a plug-in of its own is about another one than the project's. */
function isManagedByIt(project: Project, document: Document): boolean {
  const { config } = project;
  const settings = project.settings(document);
  return settings.plugin === undefined || settings.plugin === config?.facts.plugin;
}

/** Policies with Kaspersky Managed Protection on that the new plug-in can no longer disable, as sorted paths. */
export function kmpAfter(project: Project, { plugin }: PlanRequest): string[] {
  if (!plugin || compareVersions(plugin.version, kmpNotConfigurableFrom) < 0) return [];
  const paths: string[] = [];
  for (const document of project.documents) {
    if (!isPolicy(document) || document.facts.kmp !== true || !isManagedByIt(project, document)) continue;
    const managing = wellFormed(managingPlugin(project, document)?.version);
    if (managing === undefined || compareVersions(managing, kmpNotConfigurableFrom) < 0)
      paths.push(document.path);
  }
  return paths.sort();
}
