import { rule } from '../rule';
import { deviceFile } from '../sample';

export const missingProperty = rule({
  id: 'missing-property',
  category: 'document',
  severity: 'error',
  summary: 'A required member is absent',
  in: ['policy', 'device', 'config'],
  notExceptable: true,
  docs: {
    what: `A member that the language requires and the file does not have: the \`kind\`, \`name\`,
\`administrationGroup\` and \`ksn\` of a document, the \`agent\` of a device with its \`version\`, \`version\` and
\`accepted\` of a KSN Statement, \`rule\` and \`reason\` of an exception.`,
    why: `What depends on the member cannot be judged, and nothing is assumed in its place: a policy without an
administration group reaches no device, and an exception without a reason covers nothing.`,
    avoid: [
      {
        title: 'A device that does not say which agent is on the host',
        files: [
          {
            path: 'nb-0042.kea-policy.json',
            content: {
              kind: 'device',
              name: 'NB-0042',
              administrationGroup: 'Managed devices/Notebooks',
              ksn: { enabled: false },
            },
          },
        ],
      },
    ],
    prefer: [
      {
        title: 'Everything that is required',
        files: [
          deviceFile('NB-0042', {
            administrationGroup: 'Managed devices/Notebooks',
            agent: { version: '3.16', statementVersion: '2024-05' },
            ksn: { enabled: false },
          }),
        ],
      },
    ],
    related: ['unknown-property', 'invalid-value'],
  },
  fixes: [{ kind: 'choice', does: 'inserts the member; never one that accepts the KSN Statement' }],
});
