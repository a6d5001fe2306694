import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces, Lazily } from '../../server/src/cli/json-pieces';

const whole = (answer: object): string => `${JSON.stringify(answer, null, 2)}\n`;

/** How many items an array has: few, or so many that they are written some at a time. */
const length = fc.constantFrom(0, 1, 3, 49, 50, 51, 100, 101, 1000);
const long = length.chain((size) =>
  fc.oneof(
    fc.constant(Array.from({ length: size }, (_, i) => i)),
    fc
      .array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 })
      .map((some) => Array.from({ length: size }, (_, i) => some[i % some.length])),
  ),
);
const answer = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.jsonValue(),
    fc.constant(undefined),
    long,
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    fc.array(
      tie('value').map((value) => value ?? null),
      { maxLength: 4 },
    ),
  ),
})).value;

describe('an answer in pieces', () => {
  test('is what JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), answer, { maxKeys: 5 }), (generated) => {
        expect([...jsonPieces(generated)].join('')).toBe(whole(generated));
      }),
    );
  });

  test.each([0, 1, 50, 51, 5000])('may have %d items that are made while it is written', (size) => {
    const items = Array.from({ length: size }, (_, i) => ({ path: `${i}.kea-policy.json`, agents: [{ i }] }));
    const nested = (documents: unknown) => ({ projects: [{ root: '.', documents }, { documents: [] }] });
    const made = jsonPieces(nested(new Lazily(items.values())));
    expect([...made].join('')).toBe(whole(nested(items)));
  });

  test('comes in pieces of about a size', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => ({ path: `${i}.kea-policy.json` }));
    const lengths = [...jsonPieces({ projects: [{ items }] })].map((piece) => piece.length);
    expect(lengths.length).toBeGreaterThan(5);
    expect(Math.max(...lengths)).toBeLessThan(200_000);
  });
});
