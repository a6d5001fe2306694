import { rule } from '../rule';
import { policyFile } from '../sample';

export const jsonSyntax = rule({
  id: 'json-syntax',
  category: 'document',
  severity: 'error',
  summary: 'The file is not strict JSON',
  in: ['policy', 'device', 'config'],
  always: true,
  notExceptable: true,
  docs: {
    what: `Every place where the file departs from strict JSON (RFC 8259): comments, trailing commas, missing
commas and quotation marks, values that break off. All places are reported, not only the first.`,
    why: `A parser that forgives guesses what was meant, and two parsers guess differently: the editor would show
one policy and CI would check another. What can still be read of the file is judged by the other rules; without a
valid \`kind\` and \`administrationGroup\` it is no part of the hierarchy at all.`,
    avoid: [
      {
        title: 'A comma behind the last member',
        files: [
          {
            path: 'workstations.kea-policy.json',
            content: `{
  "kind": "policy",
  "name": "Workstations",
  "administrationGroup": "Managed devices/Workstations",
  "ksn": { "enforcement": "enforce", "enabled": false },
}
`,
          },
        ],
      },
      {
        title: 'A comment',
        files: [
          {
            path: 'workstations.kea-policy.json',
            content: `{
  "kind": "policy",
  "name": "Workstations",
  // switched off for the pilot
  "administrationGroup": "Managed devices/Workstations",
  "ksn": { "enforcement": "enforce", "enabled": false }
}
`,
          },
        ],
      },
    ],
    prefer: [
      {
        title: 'The reason is a member of the policy, and no comma follows the last one',
        files: [
          policyFile('Workstations', {
            description: 'Switched off for the pilot.',
            ksn: { enforcement: 'enforce', enabled: false },
          }),
        ],
      },
    ],
    related: ['duplicate-key', 'document-limits', 'document-unreadable'],
  },
  fixes: [
    { kind: 'safe', does: 'removes a trailing comma' },
    { kind: 'choice', does: 'removes a comment' },
  ],
});
