import { rule } from '../rule';
import { policyFile } from '../sample';

export const duplicateKey = rule({
  id: 'duplicate-key',
  category: 'document',
  severity: 'error',
  summary: 'A member is named more than once in its object',
  in: ['policy', 'device', 'config'],
  notExceptable: true,
  docs: {
    what: `A member that stands in its object again, under a name that was already used. Of repeated members the
last one counts; the others are read by nobody.`,
    why: `Whoever reads the file from the top sees a value that does not hold: \`"enabled": false\` in the third line
means nothing when the thirtieth says \`true\`. Such files usually come out of a merge.`,
    avoid: [
      {
        title: 'Two answers to one question: the group is enforced',
        files: [
          {
            path: 'servers.kea-policy.json',
            content: `{
  "kind": "policy",
  "name": "Servers",
  "administrationGroup": "Managed devices/Servers",
  "ksn": {
    "enforcement": "undefined",
    "enabled": false,
    "enforcement": "enforce"
  }
}
`,
          },
        ],
      },
      {
        title: 'The same member twice, after a merge',
        files: [
          {
            path: 'servers.kea-policy.json',
            content: `{
  "kind": "policy",
  "name": "Servers",
  "administrationGroup": "Managed devices/Servers",
  "administrationGroup": "Managed devices/Servers",
  "ksn": { "enforcement": "enforce", "enabled": false }
}
`,
          },
        ],
      },
    ],
    prefer: [
      {
        title: 'Every member once',
        files: [
          policyFile('Servers', { ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxy: false } }),
        ],
      },
    ],
    related: ['json-syntax'],
  },
  fixes: [
    { kind: 'safe', does: 'removes the earlier member where both have the same value' },
    { kind: 'choice', does: 'removes the earlier member, whose value does not count' },
  ],
});
