import { value } from '../../syntax/anchor';
import { rule } from '../rule';
import { configFile, policyFile } from '../sample';
import { kmpKeptRunningBy } from './versions';

export const kmpStillRunning = rule({
  id: 'kmp-still-running',
  category: 'plugin',
  severity: 'warning',
  summary: 'KMP was enabled before an update and goes on running',
  in: ['policy'],
  docs: {
    what: `Kaspersky Managed Protection is on in a policy that was last saved by a plug-in before 3.10, and the
plug-in that manages the policy now, or an agent that the policy reaches, is 3.10 or later.`,
    why: `A KMP service that was enabled before the update goes on running after it. Plug-in 3.10 and later have no
setting that would stop it: it can be disabled only with a plug-in earlier than 3.10. It is easily forgotten, since the
console no longer shows it.`,
    avoid: [
      {
        title: 'Enabled with plug-in 3.9, now managed by 3.16',
        files: [
          policyFile('Servers', {
            plugin: { kind: 'administration', version: '3.9' },
            ksn: { enforcement: 'enforce', enabled: false },
            kmp: { enabled: true },
          }),
          configFile({ plugin: { kind: 'web', version: '3.16' } }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Disabled with plug-in 3.9, before the update',
        files: [
          policyFile('Servers', {
            plugin: { kind: 'administration', version: '3.9' },
            ksn: { enforcement: 'enforce', enabled: false },
            kmp: { enabled: false },
          }),
          configFile({ plugin: { kind: 'administration', version: '3.9' } }),
        ],
      },
    ],
    configuration:
      '`plugin`: the plug-in that manages the policies now. `agents`: the agents in the field, and where they are. Both also in `overrides`.',
    related: ['kmp-not-configurable', 'plugin-outdated'],
  },
  check(document, { project }) {
    const met = kmpKeptRunningBy(project, document);
    if (!met) return;
    const saved = String(document.facts.plugin!.version);
    return {
      message: `Kaspersky Managed Protection is on and was last saved by plug-in ${saved}; with the ${met.what} it goes on running, and only a plug-in earlier than 3.10 can disable it.`,
      anchor: value('/kmp/enabled'),
      related: met.related,
      value: [saved, met.version],
    };
  },
});
