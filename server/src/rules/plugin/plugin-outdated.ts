import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import { compareVersions } from '../../model/version';
import { rule } from '../rule';
import { configFile, policyFile } from '../sample';
import { managingVersion, mayMeetNewer, newestAgent } from './versions';

export const pluginOutdated = rule({
  id: 'plugin-outdated',
  category: 'plugin',
  severity: 'warning',
  summary: 'The policy was last saved by an older plug-in than manages it, or than its agents',
  in: ['policy'],
  docs: {
    what: `The plug-in that last saved the policy is older than the plug-in that manages it now, or older than the
newest agent that the policy reaches. Versions are compared number by number: 3.10 is newer than 3.9.`,
    why: `A policy that was last saved by an older plug-in may still hold the KSN Statement of that time. The agents
carry a Statement of their own, and where the two differ KSN usage is switched off on the host and in the policy, and
nobody is told. To open the policy with the current plug-in, review it and save it brings it up to date.`,
    avoid: [
      {
        title: 'Not saved since the plug-in was updated',
        files: [
          policyFile('Workstations', {
            plugin: { kind: 'web', version: '3.14' },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({ plugin: { kind: 'web', version: '3.16' } }),
        ],
      },
      {
        title: 'The agents are newer than the plug-in',
        files: [
          policyFile('Workstations', {
            plugin: { kind: 'web', version: '3.14' },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({ agents: [{ version: '3.16', hosts: 1200 }] }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Saved with the plug-in that manages it',
        files: [
          policyFile('Workstations', {
            plugin: { kind: 'web', version: '3.16' },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({
            plugin: { kind: 'web', version: '3.16' },
            agents: [{ version: '3.16', hosts: 1200 }],
          }),
        ],
      },
    ],
    configuration:
      '`plugin`: the plug-in that manages the policies now. `agents`: the agents in the field, and where they are. Both also in `overrides`.',
    related: ['ksn-statement-version-mismatch', 'ksn-agent-statement-mismatch', 'kmp-still-running'],
  },
  check(document, { project }) {
    const saved = wellFormed(document.facts.plugin?.version);
    if (saved === undefined) return;
    const isNewer = (version: string): boolean => compareVersions(version, saved) > 0;
    let met = managingVersion(project, document);
    if (!met || !isNewer(met.version)) {
      if (!mayMeetNewer(project, document, saved)) return;
      met = newestAgent(project, document);
    }
    if (!met || !isNewer(met.version)) return;
    return {
      message: `The policy was last saved by plug-in ${saved}, which is older than the ${met.what}: it may hold another KSN Statement than is in use now until it is reviewed and saved with a current plug-in.`,
      anchor: value('/plugin/version'),
      related: met.related,
      value: [saved, met.version],
    };
  },
});
