import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import { compareVersions, kmpNotConfigurableFrom } from '../../model/version';
import type { PolicyDocument } from '../../project/document';
import { managingPlugin } from '../../project/effective';
import { inFileOrder, versionOf, type Agent } from '../../project/outcome';
import type { Project } from '../../project/project';
import { isInField, reachOf } from '../../project/reach';
import type { Related } from '../finding';

/** A plug-in or an agent with its version, and the place that says so in another file. */
export interface Met {
  readonly version: string;
  /** In words, with the version: `agent 3.16 that it reaches`. */
  readonly what: string;
  readonly related: readonly Related[];
}

/** The version of the plug-in that manages a policy; `undefined` where it is not known. */
export function managingVersion(project: Project, policy: PolicyDocument): Met | undefined {
  const managing = managingPlugin(project, policy);
  const version = wellFormed(managing?.version);
  if (version === undefined) return undefined;
  const what = `plug-in ${version} that manages it now`;
  const { config } = project;
  // An override's plug-in has no fixed place; the config's own has.
  if (!config || managing !== config.facts.plugin) return { version, what, related: [] };
  const message = `Plug-in ${version} manages the policies now.`;
  return { version, what, related: [{ path: config.path, anchor: value('/plugin/version'), message }] };
}

/** Whether any agent is newer than a version, reached or not: whom a policy reaches takes longer to tell. */
export function mayMeetNewer(project: Project, policy: PolicyDocument, version: string): boolean {
  return (
    project.fleet.hasNewer(version) ||
    project
      .settings(policy)
      .agents.some(
        (agent) => typeof agent.version === 'string' && compareVersions(agent.version, version) > 0,
      )
  );
}

/** The newest agent that a policy reaches; `undefined` where none is known. */
export function newestAgent(project: Project, policy: PolicyDocument): Met | undefined {
  const { entries, devices } = reachOf(project, policy);
  const agents: Agent[] = [
    ...entries.filter(isInField).map((entry) => ({ entry })),
    ...devices.map((device) => ({ device })),
  ];
  let newest: { agent: Agent; version: string } | undefined;
  for (const agent of agents) {
    const version = wellFormed(versionOf(agent));
    if (version === undefined) continue;
    const newer = newest ? compareVersions(version, newest.version) : 1;
    if (newer > 0 || (newer === 0 && inFileOrder(agent, newest!.agent) < 0)) newest = { agent, version };
  }
  if (!newest) return undefined;
  const { agent, version } = newest;
  const path = agent.device ? agent.device.path : project.config!.path;
  const anchor = value(agent.device ? '/agent/version' : `${agent.entry.pointer}/version`);
  const what = `agent ${version} that it reaches`;
  return {
    version,
    what,
    related: [{ path, anchor, message: `Agent ${version} is reached by the policy.` }],
  };
}

/** Whether a version is one with which Kaspersky Managed Protection can no longer be configured. */
export function isWithoutKmp(version: string): boolean {
  return compareVersions(version, kmpNotConfigurableFrom) >= 0;
}

/**
 * What keeps the KMP of a policy running: it is on, was last saved by a plug-in that could still configure
 * it, and the managing plug-in or an agent that it reaches no longer can. `undefined` where none does.
 */
export function kmpKeptRunningBy(project: Project, policy: PolicyDocument): Met | undefined {
  if (policy.facts.kmp !== true) return undefined;
  const saved = wellFormed(policy.facts.plugin?.version);
  if (saved === undefined || isWithoutKmp(saved)) return undefined;
  const managing = managingVersion(project, policy);
  if (managing && isWithoutKmp(managing.version)) return managing;
  const agent = newestAgent(project, policy);
  return agent && isWithoutKmp(agent.version) ? agent : undefined;
}
