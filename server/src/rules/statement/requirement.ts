import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { PluginFacts } from '../../model/facts';
import type { DeviceDocument, PolicyDocument } from '../../project/document';
import { requiredStatement } from '../../project/effective';
import type { Project } from '../../project/project';
import type { Related } from '../finding';
import type { Fix } from '../fix';

/** The Statement that a policy or a device has to have accepted, and the plug-in that says so. */
export interface Requirement {
  readonly version: string;
  /** `plug-in 3.16`, or `the managing plug-in` where its version is not known. */
  readonly plugin: string;
  readonly related: readonly Related[];
}

/** What is required of a document; `undefined` where that is not known. */
export function requirementOf(
  project: Project,
  document: PolicyDocument | DeviceDocument,
): Requirement | undefined {
  const version = wellFormed(requiredStatement(project, document));
  if (version === undefined) return undefined;
  const { facts, path } = document;
  const managing = project.settings(document).plugin;
  const byConfig = managing?.statementVersion !== undefined;
  const carrier = byConfig ? managing : facts.kind === 'policy' ? facts.plugin : undefined;
  const pluginVersion = wellFormed(carrier?.version);
  const plugin = pluginVersion === undefined ? 'the managing plug-in' : `plug-in ${pluginVersion}`;
  const place = byConfig ? inConfig(project, managing) : { path, pointer: '/plugin' };
  const anchor = value(`${place.pointer}/statementVersion`);
  const message = `Statement version ${version} is the one that ${plugin} carries.`;
  return { version, plugin, related: [{ path: place.path, anchor, message }] };
}

/** Where the config, or an override in it, describes a plug-in. */
function inConfig(project: Project, plugin: PluginFacts): { path: string; pointer: string } {
  const { path, facts } = project.config!;
  const override = facts.overrides.findIndex((entry) => entry.plugin === plugin);
  return { path, pointer: override < 0 ? '/plugin' : `/overrides/${override}/plugin` };
}

/** The way to a new acceptance. */
export function consentTo({ version }: Requirement): Extract<Fix, { readonly kind: 'consent' }> {
  return { kind: 'consent', title: `Review and accept KSN Statement ${version}`, statementVersion: version };
}
