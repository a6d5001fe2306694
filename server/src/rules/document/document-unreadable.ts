import { rule } from '../rule';

export const documentUnreadable = rule({
  id: 'document-unreadable',
  category: 'document',
  severity: 'error',
  summary: 'The file cannot be read, or is not UTF-8',
  in: ['policy', 'device', 'config'],
  always: true,
  notExceptable: true,
  docs: {
    what: `A file that cannot be opened (its permissions, a broken link, a fault of the disk), or whose bytes are not
UTF-8. Typical for the second: a file saved as UTF-16 or in a code page of Windows. A byte order mark at the start of
UTF-8 is fine and is read over.`,
    why: `Nothing can be said about a file that cannot be read, and nothing found must not pass for in order. The
other files of the project are still judged, as if this one did not exist.`,
    avoid: [
      {
        title: 'Saved as UTF-16',
        files: [
          {
            path: 'workstations.kea-policy.json',
            content: Uint8Array.of(
              0xff,
              0xfe,
              0x7b,
              0x00,
              0x22,
              0x00,
              0x6b,
              0x00,
              0x69,
              0x00,
              0x6e,
              0x00,
              0x64,
              0x00,
            ),
          },
        ],
      },
    ],
    prefer: [
      {
        title: 'Saved as UTF-8',
        files: [
          {
            path: 'workstations.kea-policy.json',
            content: {
              kind: 'policy',
              name: 'Arbeitsplätze',
              administrationGroup: 'Managed devices/Arbeitsplätze',
              ksn: { enforcement: 'enforce', enabled: false },
            },
          },
        ],
      },
    ],
    related: ['document-limits', 'json-syntax'],
  },
});
