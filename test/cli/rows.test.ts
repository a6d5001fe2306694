import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowReader, RowWriter } from '../../server/src/cli/rows';
import { documentFrom } from '../../server/src/project/load';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Well-formed nearly always, since one fault makes a document unusual. */
const mostly = <T, U>(good: fc.Arbitrary<T>, bad: U) =>
  fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: fc.constant(bad) });
const version = mostly(fc.constantFrom('3.16', '4.0.0.512'), '0');
const statement = fc.record(
  {
    version: fc.string({ minLength: 1, maxLength: 20 }),
    accepted: mostly(fc.boolean(), 'yes'),
    acceptedBy: fc.string(),
    acceptedAt: mostly(fc.constant('2026-01-01T00:00:00Z'), 'yesterday'),
    language: fc.constantFrom('de', 'en-GB'),
    sha256: mostly(fc.constant('a'.repeat(64)), 'b'),
    reference: fc.string(),
  },
  { requiredKeys: ['version', 'accepted'] },
);
const ksn = fc.record(
  {
    enforcement: mostly(fc.constantFrom('enforce', 'undefined'), 'maybe'),
    enabled: fc.boolean(),
    useKscAsKsnProxy: fc.boolean(),
    statement,
  },
  { requiredKeys: [] },
);
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.constantFrom('a\0b', '', '\ud800', '__proto__'),
);
const exceptions = fc.array(
  fc.record(
    {
      rule: fc.string(),
      reason: fc.string({ minLength: 12 }),
      approvedBy: fc.string(),
      expires: fc.constant('2027-01-31'),
    },
    { requiredKeys: ['rule', 'reason'] },
  ),
  { maxLength: 2 },
);
const common = {
  name,
  administrationGroup: mostly(fc.constantFrom('A', 'A/B'), '/x'),
  regions: optional(fc.uniqueArray(mostly(fc.constantFrom('DE', 'US'), 'xx'))),
  exceptions: optional(exceptions),
  ksn,
};
const plugin = fc.record(
  {
    kind: mostly(fc.constantFrom('web', 'administration'), 'x'),
    version,
    statementVersion: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['version'] },
);
const document = fc.oneof(
  fc.record({
    kind: fc.constant('policy'),
    ...common,
    status: optional(fc.constantFrom('active', 'inactive', 'outOfOffice')),
    inheritance: optional(
      fc.record({ inheritFromParent: fc.boolean(), forceInChildren: fc.boolean() }, { requiredKeys: [] }),
    ),
    plugin: optional(plugin),
    kmp: optional(fc.record({ enabled: fc.boolean() }, { requiredKeys: [] })),
  }),
  fc.record({
    kind: fc.constant('device'),
    ...common,
    agent: fc.record(
      { version, statementVersion: fc.string({ minLength: 1 }) },
      { requiredKeys: ['version'] },
    ),
  }),
  fc.anything(),
);

test('documents come out of rows as they went in, and what is unusual is left to be read again', () => {
  let packed = 0;
  fc.assert(
    fc.property(fc.array(fc.array(document, { maxLength: 5 }), { maxLength: 3 }), (batches) => {
      const writer = new RowWriter();
      const reader = new RowReader();
      for (const batch of batches) {
        const documents = batch.map((value, i) =>
          documentFrom(`${i}.kea-policy.json`, JSON.stringify(value) ?? ''),
        );
        documents.forEach((one) => writer.add(one));
        const read = reader.read(writer.take());
        if (documents.length > 0) expect(read).toHaveLength(documents.length);
        documents.forEach(({ facts, problems }, i) => {
          if (read[i] === undefined) return;
          packed++;
          expect(problems).toEqual([]);
          expect(read[i]).toStrictEqual(facts);
        });
      }
    }),
    { numRuns: 500 },
  );
  expect(packed).toBeGreaterThan(300);
});
