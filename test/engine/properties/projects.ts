import fc from 'fast-check';
import { configName } from '../../../server/src/project/document';
import { rules } from '../../../server/src/rules';
import { faults, layouts, shapeFaults, spoiled, type Fault } from './spoiling';

/** The files of a project as they stand on the disk (a byte order mark included), by their path in it. */
export type Texts = Readonly<Record<string, string>>;

// A deep run is `KEA_FUZZ=50 npx vitest run test/engine/properties`.
const deeper = Math.max(1, Number(process.env.KEA_FUZZ) || 1);

/** How often to try a property. */
export const tries = (usually: number): { numRuns: number } => ({ numRuns: usually * deeper });

/** The time for a property's test, in milliseconds: only to end what hangs. */
export const hangs = 120_000 * deeper;

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const versions = fc.constantFrom('S1', 'S2', 'S3');
const numbers = fc.constantFrom('3.9', '3.10', '3.16.0.1', '4.0');
const groups = fc.constantFrom('G', 'G/A', 'G/A/B', 'G/C', 'H', 'H/A');
const regions = fc.array(fc.constantFrom('DE', 'US', 'FR'), { maxLength: 2 });
const times = fc.constantFrom('2026-01-02T03:04:05Z', '2027-01-01T00:00:00+02:00', '2026-02-30T00:00:00Z');
const people = fc.constantFrom('A. Adams', 'B. Brown');
const hashes = fc.constantFrom('0f'.repeat(32), 'AB'.repeat(32));

const plugins = fc.record(
  { kind: fc.constantFrom('web', 'administration'), version: numbers, statementVersion: versions },
  { requiredKeys: ['version'] },
);

const statements = fc.record(
  {
    version: versions,
    accepted: fc.boolean(),
    acceptedBy: people,
    acceptedAt: times,
    language: fc.constantFrom('en', 'pt-BR'),
    sha256: hashes,
    reference: fc.constant('CHG-1'),
  },
  { requiredKeys: ['version', 'accepted'] },
);

const ksn = {
  enabled: fc.boolean(),
  useKscAsKsnProxy: fc.boolean(),
  statement: statements,
};

const exceptions = fc.array(
  fc.record(
    {
      rule: fc.oneof(fc.constantFrom(...rules.map(({ id }) => id)), fc.constant('ksn-acceptance-requird')),
      reason: fc.constantFrom('Until the move is done', 'short'),
      approvedBy: people,
      expires: fc.constantFrom('2026-11-23', '2026-11-22', '2027-01-31', 'soon'),
    },
    { requiredKeys: ['rule', 'reason'] },
  ),
  { maxLength: 3 },
);

const common = {
  formatVersion: fc.constant(1),
  name: fc.constantFrom('First', 'Second', 'Third'),
  description: fc.constant('Why it is so 💬'),
  administrationGroup: groups,
  regions,
  exceptions,
};

const policies = fc.record(
  {
    kind: fc.constant('policy'),
    ...common,
    status: fc.constantFrom('active', 'active', 'inactive', 'outOfOffice'),
    inheritance: fc.record(
      { inheritFromParent: fc.boolean(), forceInChildren: fc.boolean() },
      { requiredKeys: [] },
    ),
    plugin: plugins,
    ksn: fc.record(
      { enforcement: fc.constantFrom('enforce', 'enforce', 'undefined'), ...ksn },
      { requiredKeys: [] },
    ),
    kmp: fc.record({ enabled: fc.boolean() }),
  },
  { requiredKeys: ['kind', 'name', 'administrationGroup', 'ksn'] },
);

const devices = fc.record(
  {
    kind: fc.constant('device'),
    ...common,
    agent: fc.record({ version: numbers, statementVersion: versions }, { requiredKeys: ['version'] }),
    // The switch of the group does not belong here: the one safe fix besides those of syntax.
    ksn: fc.record({ enforcement: fc.constantFrom('enforce', 'undefined'), ...ksn }, { requiredKeys: [] }),
  },
  { requiredKeys: ['kind', 'name', 'administrationGroup', 'agent', 'ksn'] },
);

const settings = {
  plugin: plugins,
  agents: fc.array(
    fc.record(
      {
        version: numbers,
        statementVersion: versions,
        hosts: fc.constantFrom(0, 1, 1200),
        administrationGroups: fc.array(groups, { maxLength: 2 }),
      },
      { requiredKeys: ['version'] },
    ),
    { maxLength: 3 },
  ),
  acceptance: fc.record(
    {
      evidence: fc.subarray(['acceptedBy', 'acceptedAt', 'language', 'sha256', 'reference']),
      approvers: fc.array(people, { maxLength: 1 }),
    },
    { requiredKeys: [] },
  ),
  restrictedRegions: regions,
  rules: fc.dictionary(
    fc.constantFrom('plugin-outdated', 'policy-inactive', 'ksn-acceptance-required', 'json-syntax', 'nosuch'),
    fc.constantFrom('off', 'info', 'warning', 'error'),
    { maxKeys: 3, noNullPrototype: true },
  ),
};

const configs = fc.record(
  {
    formatVersion: fc.constant(1),
    ...settings,
    statements: fc.array(
      fc.record({
        version: versions,
        texts: fc.array(
          fc.record(
            {
              language: fc.constantFrom('en', 'pt-br'),
              file: fc.constantFrom('S1.txt', '../S1.txt', 'none.txt'),
              sha256: hashes,
            },
            { requiredKeys: ['language'] },
          ),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
    administrationGroups: fc.array(groups, { minLength: 1, maxLength: 6 }),
    ignore: fc.constantFrom([], ['old/**'], ['*/x*']),
    overrides: fc.array(
      fc.record(
        {
          files: fc.constantFrom(['a/**'], ['*.kea-policy.json'], ['{a,b}/**', 'b/?.kea-policy.json']),
          ...settings,
        },
        { requiredKeys: ['files'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

function textsOf(wrong: fc.Arbitrary<Fault[]>, most: number): fc.Arbitrary<Texts> {
  const written = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
    fc.tuple(value, layouts, fc.oneof(fc.constant([]), wrong)).map(([plain, layout, faulty]) => {
      return spoiled(plain, layout, faulty);
    });
  const paths = fc.uniqueArray(
    fc.tuple(fc.constantFrom('', 'a/', 'b/', 'a/b/', 'old/'), fc.constantFrom('p', 'q', 'x', 'y')),
    { minLength: 1, maxLength: most, selector: (parts) => parts.join('') },
  );
  return fc
    .tuple(
      paths.chain((found) =>
        fc.tuple(
          ...found.map(([folder, name]) =>
            written(fc.oneof({ weight: 2, arbitrary: policies }, { weight: 1, arbitrary: devices })).map(
              (text) => [`${folder}${name}.kea-policy.json`, text] as const,
            ),
          ),
        ),
      ),
      maybe(written(configs)),
    )
    .map(([documents, config]) => ({
      ...Object.fromEntries(documents),
      ...(config !== undefined && { [configName]: config, 'S1.txt': 'A placeholder of a Statement.\n' }),
    }));
}

/** Whole projects with everything that goes wrong in them. */
export const projects: fc.Arbitrary<Texts> = textsOf(faults, 5);

/** Whole projects of strict JSON in which every member stands once. */
export const strictProjects: fc.Arbitrary<Texts> = textsOf(shapeFaults, 5);
