import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces, Lazily } from '../../server/src/cli/json-pieces';

const whole = (answer: object): string => `${JSON.stringify(answer, null, 2)}\n`;

/** How many items an array has: few, or so many that they are written some at a time. */
const length = fc.constantFrom(0, 1, 3, 50, 51, 300);
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

const text = (answer: object): string => [...jsonPieces(answer)].join('');

describe('an answer in pieces', () => {
  test('says what it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), answer, { maxKeys: 5 }), (generated) => {
        expect(JSON.parse(text(generated))).toEqual(JSON.parse(JSON.stringify(generated)));
      }),
    );
  });

  test.each([0, 1, 50])('is indented like any other with %d items in its arrays', (size) => {
    const items = Array.from({ length: size }, (_, i) => ({ path: `${i}.kea-policy.json`, agents: [{ i }] }));
    const nested = (documents: unknown) => ({ projects: [{ root: '.', documents, none: undefined }, {}] });
    expect(text(nested(items))).toBe(whole(nested(items)));
    expect(text(nested(new Lazily(items.values())))).toBe(whole(nested(items)));
  });

  test.each([51, 5000])('has each of %d items on a line of its own', (size) => {
    const items = Array.from({ length: size }, (_, i) => ({ path: `${i}.kea-policy.json`, agents: [{ i }] }));
    const nested = (documents: unknown) => ({ projects: [{ root: '.', documents }] });
    expect(text(nested(items))).toContain(
      '      "documents": [\n        {"path":"0.kea-policy.json","agents":[{"i":0}]},\n',
    );
    expect(text(nested(items)).split('\n')).toHaveLength(size + 10);
    expect(JSON.parse(text(nested(items)))).toEqual(nested(items));
    expect(text(nested(new Lazily(items.values())))).toBe(text(nested(items)));
  });

  test('makes the items of however many members of an array', () => {
    const projects = (documents: (i: number) => unknown) => ({
      projects: Array.from({ length: 60 }, (_, i) => ({ root: `${i}`, documents: documents(i) })),
    });
    const made = text(projects((i) => new Lazily([i, i + 1].values())));
    expect(JSON.parse(made)).toEqual(projects((i) => [i, i + 1]));
  });

  test('comes in pieces of about a size', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => ({ path: `${i}.kea-policy.json` }));
    const lengths = [...jsonPieces({ projects: [{ items }] })].map((piece) => piece.length);
    expect(lengths.length).toBeGreaterThan(5);
    expect(Math.max(...lengths)).toBeLessThan(100_000);
  });
});
