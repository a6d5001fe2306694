import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Judge } from '../../server/src/engine/alike';
import { judge } from '../../server/src/engine/judge';
import { configFrom, documentFrom, readingAids } from '../../server/src/project/load';
import { nodeFiles } from '../../server/src/cli/node-files';
import { Project } from '../../server/src/project/project';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
/** Alike and in order, most of the time. */
const mostly = <T>(usual: T, other: T) => fc.constantFrom(...Array.from({ length: 9 }, () => usual), other);
const group = fc.constantFrom('A', 'A/B', 'A/C', 'X');
const version = mostly('v1', 'v2');
const statement = fc.record({
  version,
  accepted: mostly(true, false),
  acceptedBy: mostly('x', 'y'),
  acceptedAt: mostly('2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'),
});
const ksn = fc.record(
  { enabled: mostly(true, false), useKscAsKsnProxy: mostly(false, true), statement },
  { requiredKeys: ['enabled'] },
);
const exceptions = fc.constantFrom(
  [],
  [],
  [],
  [{ rule: 'ksn-region-restricted', reason: 'as agreed in CHG-1' }],
);
const regions = mostly(['DE'], ['US']);
const device = fc.record({
  kind: fc.constant('device'),
  // Few names, so that some repeat.
  name: fc.integer({ min: 0, max: 300 }).map((n) => `host ${n}`),
  administrationGroup: group,
  regions,
  exceptions,
  agent: fc.record({ version: fc.constantFrom('3.16', '4.0'), statementVersion: version }),
  ksn,
});
const policy = fc.record({
  kind: fc.constant('policy'),
  name: fc.constantFrom('p', 'q'),
  administrationGroup: group,
  ksn: fc.record({ enforcement: mostly('enforce', 'undefined'), enabled: mostly(true, false), statement }),
});
const config = fc.record(
  {
    plugin: fc.record({ version: fc.constant('4.0'), statementVersion: version }),
    overrides: fc.constant([{ files: ['*1.kea-policy.json'], restrictedRegions: ['DE'] }]),
    rules: fc.constant({ 'name-duplicate': 'error' }),
    administrationGroups: fc.constant(['A', 'A/B']),
  },
  { requiredKeys: ['plugin'] },
);

test('judging alike documents once gives the answer of judging each', () => {
  let spared = 0;
  fc.assert(
    fc.property(
      fc.array(device, { minLength: 20, maxLength: 60 }),
      fc.array(policy, { maxLength: 4 }),
      config,
      (devices, policies, about) => {
        const aids = readingAids({});
        const documents = [...devices, ...policies].map((value, i) =>
          documentFrom(`${i}.kea-policy.json`, bytes(value), aids),
        );
        const project = new Project(
          '/p',
          configFrom(nodeFiles, '/p/kea-policy.config.json', bytes(about)),
          documents,
        );
        const judgement = { now: Date.parse('2026-11-01T00:00:00Z') };
        const judging = new Judge(project, judgement);
        for (const document of documents) {
          const expected = judge(project, document, judgement);
          expect(judging.of(document)).toEqual(expected);
          if (expected.length === 0) spared++;
        }
      },
    ),
    { numRuns: 100 },
  );
  expect(spared).toBeGreaterThan(500);
});
