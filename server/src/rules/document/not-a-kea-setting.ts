import { rule } from '../rule';
import { policyFile } from '../sample';

export const notAKeaSetting = rule({
  id: 'not-a-kea-setting',
  category: 'document',
  severity: 'error',
  summary: 'A KSN setting that other products have and Kaspersky Endpoint Agent has not',
  in: ['policy', 'device'],
  notExceptable: true,
  docs: {
    what: `A member of \`ksn\` that belongs to another product or another place: \`extendedKsnMode\`,
\`useKsnServersWhenProxyUnavailable\`, \`cloudMode\`, \`kpsn\` and \`usePrivateKsn\`, in whatever case they are
written. The message says where each belongs.`,
    why: `Whoever copies KSN settings from the policy of another application believes them to hold here too. Kaspersky
Endpoint Agent has no such setting: nothing is extended, routed or kept private by it.`,
    avoid: [
      {
        title: 'A setting of another application',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: false, extendedKsnMode: true },
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Only what Kaspersky Endpoint Agent has',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    related: ['unknown-property'],
  },
  fixes: [{ kind: 'choice', does: 'removes the member' }],
});
