import { rule } from '../rule';
import { configFile, policyFile } from '../sample';

export const unknownProperty = rule({
  id: 'unknown-property',
  category: 'document',
  severity: 'error',
  summary: 'A member that the language does not have',
  in: ['policy', 'device', 'config'],
  notExceptable: true,
  docs: {
    what: `A member that a policy, a device or a config does not have at this place: mostly a mistyped one, sometimes
one that belongs elsewhere (a device has no \`status\`, \`inheritance\`, \`plugin\` or \`kmp\`). In the config's
\`rules\`, a name that no rule has.`,
    why: `A mistyped member is read by nobody, and the default holds in its place. With \`enabeld\`, KSN usage stays off
on every device of the policy, although the file seems to say otherwise.`,
    avoid: [
      {
        title: 'A mistyped member: KSN is not routed through KSC',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxi: true },
          }),
        ],
      },
      {
        title: 'A rule that does not exist has its severity set',
        files: [configFile({ rules: { 'ksn-region-restrictd': 'error' } })],
      },
    ],
    prefer: [
      {
        title: 'Members as the language names them',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxy: false },
          }),
          configFile({ rules: { 'ksn-region-restricted': 'error' } }),
        ],
      },
    ],
    related: ['not-a-kea-setting', 'missing-property', 'invalid-value'],
  },
  fixes: [
    { kind: 'choice', does: 'renames the member to the nearest known one' },
    { kind: 'choice', does: 'removes the member' },
  ],
});
