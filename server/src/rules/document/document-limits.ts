import { rule } from '../rule';
import { policyFile } from '../sample';

export const documentLimits = rule({
  id: 'document-limits',
  category: 'document',
  severity: 'error',
  summary: 'The file is larger than 1 MiB or nested deeper than 64 levels',
  in: ['policy', 'device', 'config'],
  always: true,
  notExceptable: true,
  docs: {
    what: `A file of more than 1 MiB (1,048,576 bytes), or one whose objects and arrays are nested deeper than 64
levels. It is refused as a whole: this is its only finding.`,
    why: `No policy comes near these limits: such a file is a mistake of whatever wrote it, or is meant to stall
whoever reads it. Refusing it keeps the editor and CI answering at once for all other files.`,
    avoid: [
      {
        title: 'Nested 65 levels deep',
        files: [{ path: 'workstations.kea-policy.json', content: `${'['.repeat(65)}${']'.repeat(65)}\n` }],
      },
    ],
    prefer: [
      {
        title: 'One policy, one file',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    related: ['document-unreadable', 'json-syntax'],
  },
});
