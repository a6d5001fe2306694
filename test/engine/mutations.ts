import fc from 'fast-check';

type Members = Record<string, unknown>;

/** Documents that are in order and use every member. */
export const complete: Readonly<Record<'policy' | 'device' | 'config', Members>> = {
  policy: {
    $schema: './policy.schema.json',
    formatVersion: 1,
    kind: 'policy',
    name: 'Workstations',
    description: 'Why it is so.',
    administrationGroup: 'Managed devices/EMEA',
    status: 'active',
    inheritance: { inheritFromParent: false, forceInChildren: true },
    plugin: { kind: 'web', version: '3.16', statementVersion: '2024-05' },
    regions: ['DE', 'FR'],
    ksn: {
      enforcement: 'enforce',
      enabled: true,
      useKscAsKsnProxy: false,
      statement: {
        version: '2024-05',
        accepted: true,
        acceptedBy: 'A. Admin',
        acceptedAt: '2026-11-01T09:30:00+01:00',
        language: 'pt-BR',
        sha256: '0f'.repeat(32),
        reference: 'CHG-1',
      },
    },
    kmp: { enabled: false },
    exceptions: [
      { rule: 'policy-inactive', reason: 'Until the move is done', approvedBy: 'B', expires: '2028-02-29' },
    ],
  },
  device: {
    formatVersion: 1,
    kind: 'device',
    name: 'NB-1',
    description: '',
    administrationGroup: 'Managed devices/EMEA',
    agent: { version: '3.16.0.1', statementVersion: '2024-05' },
    regions: [],
    ksn: { enabled: false, useKscAsKsnProxy: false, statement: { version: 'x', accepted: false } },
    exceptions: [],
  },
  config: {
    formatVersion: 1,
    plugin: { kind: 'administration', version: '3.16' },
    agents: [{ version: '3.15', statementVersion: 'a', hosts: 0, administrationGroups: ['Managed devices'] }],
    statements: [{ version: 'a', texts: [{ language: 'en', file: 'en.txt', sha256: 'AB'.repeat(32) }] }],
    acceptance: { evidence: ['acceptedBy', 'reference'], approvers: ['A. Admin'] },
    administrationGroups: ['Managed devices'],
    restrictedRegions: ['US'],
    rules: { 'policy-inactive': 'off', 'plugin-outdated': 'error' },
    ignore: ['old/**'],
    overrides: [{ files: ['emea/**'], agents: [], rules: { 'plugin-outdated': 'info' } }],
  },
};

/** Every place of a value, as the names and indexes that lead there. */
function paths(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? value.map((_item, i) => i) : Object.keys(value);
  return names.flatMap((name) => [[name], ...paths((value as Members)[name]).map((path) => [name, ...path])]);
}

const values = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'true',
    'x',
    'Active',
    '1.2',
    '2027-02-29',
    ' a/b ',
    'a'.repeat(101),
    null,
    true,
  ),
  fc.constantFrom<unknown>(0, 1, 1.5, -1, [], {}, [1], { version: '1' }, { accepted: true }, ['DE', 'de']),
  fc.jsonValue({ maxDepth: 2 }),
);

/** What may go wrong with a document: a value replaced, a member taken away, added or renamed. */
export function mutated(kind: keyof typeof complete): fc.Arbitrary<Members> {
  const places = paths(complete[kind]);
  const mutation = fc.record({
    path: fc.constantFrom(...places),
    how: fc.constantFrom('set', 'remove', 'add', 'rename'),
    name: fc.constantFrom(
      'nmae',
      'enabeld',
      'acceptd',
      'extendedKsnMode',
      '__proto__',
      'a/b~c',
      'status',
      'agent',
    ),
    value: values,
  });
  return fc.array(mutation, { maxLength: 3 }).map((mutations) => {
    const document = structuredClone(complete[kind]);
    for (const { path, how, name, value } of mutations) {
      const parent = path
        .slice(0, -1)
        .reduce<unknown>((at, token) => (at as Members | undefined)?.[token], document);
      if (typeof parent !== 'object' || parent === null) continue;
      const members = parent as Members;
      const last = path.at(-1)!;
      if (how === 'set') members[last] = structuredClone(value);
      if (Array.isArray(parent)) continue;
      if (how === 'rename') define(members, name, members[last]);
      if (how === 'add') define(members, name, structuredClone(value));
      if (how !== 'set' && how !== 'add') delete members[last];
    }
    return JSON.parse(JSON.stringify(document)) as Members;
  });
}

function define(object: Members, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
