import { key } from '../../syntax/anchor';
import { malformed } from '../../model/facts';
import { rule } from '../rule';
import { policyFile } from '../sample';
import { isWithoutKmp, kmpKeptRunningBy, managingVersion } from './versions';

export const kmpNotConfigurable = rule({
  id: 'kmp-not-configurable',
  category: 'plugin',
  severity: 'error',
  summary: 'KMP settings with a plug-in that can no longer configure KMP',
  in: ['policy'],
  docs: {
    what: `A \`kmp\` member in a policy whose managing plug-in is 3.10 or later. The managing plug-in is the config's
\`plugin\`; where the config names none, it is the plug-in that last saved the policy.`,
    why: `Kaspersky Managed Protection cannot be configured with plug-in 3.10 or later: the console offers no place
for this setting, and what the file says about KMP cannot be carried there.`,
    avoid: [
      {
        title: 'Plug-in 3.16 has no KMP settings',
        files: [
          policyFile('Servers', {
            plugin: { kind: 'web', version: '3.16' },
            ksn: { enforcement: 'enforce', enabled: false },
            kmp: { enabled: false },
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Without KMP',
        files: [
          policyFile('Servers', {
            plugin: { kind: 'web', version: '3.16' },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
        ],
      },
      {
        title: 'A plug-in that can still configure KMP',
        files: [
          policyFile('Servers', {
            plugin: { kind: 'administration', version: '3.9' },
            ksn: { enforcement: 'enforce', enabled: false },
            kmp: { enabled: false },
          }),
        ],
      },
    ],
    configuration: '`plugin` (also in `overrides`): the plug-in that manages the policies now.',
    related: ['kmp-still-running', 'plugin-outdated'],
  },
  fixes: [
    { kind: 'choice', does: 'removes `kmp`; not while `kmp-still-running` stands, which it would hide' },
  ],
  check(document, { project }) {
    const { kmp } = document.facts;
    if (kmp === undefined || kmp === malformed) return;
    const managing = managingVersion(project, document);
    if (!managing || !isWithoutKmp(managing.version)) return;
    // To remove `kmp` while the service runs would hide the only trace of it.
    const removable = kmpKeptRunningBy(project, document) === undefined;
    return {
      message: `Kaspersky Managed Protection cannot be configured with plug-in ${managing.version} (3.10 or later): what the policy says about KMP cannot be set in the console.`,
      anchor: key('/kmp'),
      related: managing.related,
      fixes: removable
        ? [{ kind: 'choice', title: 'Remove "kmp"', changes: [{ op: 'remove', pointer: '/kmp' }] }]
        : [],
      value: managing.version,
    };
  },
});
