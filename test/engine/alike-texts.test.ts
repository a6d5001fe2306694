import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { AlikeTexts } from '../../server/src/project/alike-texts';
import { documentFrom, readingAids } from '../../server/src/project/load';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// What JSON has to escape, what a name can't be, and what cuts a text open elsewhere than meant.
const odd = fc.constantFrom(
  '',
  'a"b',
  'a\\b',
  'a\nb',
  '\u007f',
  'ä€😀',
  'x'.repeat(100),
  'x'.repeat(101),
  '😀'.repeat(60),
);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
  { weight: 1, arbitrary: odd },
);
const group = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('A', 'A/B', 'A/C') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '/A', 'A/', ' A', 'A  B', 'A-1/B.2 x', 'A/ /B', 'Ä/B', 'A/B/C/D', 'A//B'),
  },
);
const mostly = <T>(usual: T, ...other: T[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...other) },
  );
const version = mostly('3.16', '4', '4.0');
const device = fc
  .tuple(text, text, group, version, mostly<unknown>(true, false, 'yes'), fc.boolean())
  .map(([name, description, administrationGroup, agent, enabled, late]) => ({
    kind: 'device',
    ...(!late && { name }),
    description,
    administrationGroup,
    agent: { version: agent },
    ksn: { enabled, statement: { version: 'v1', accepted: true, reference: 'name' } },
    ...(late && { name }),
  }));
const layout = fc.oneof({ weight: 4, arbitrary: fc.constant(2) }, { weight: 1, arbitrary: fc.constant(0) });
/** What a hand may do to a text: nothing mostly, take a character out, or put one in. */
const slip = fc.record({
  at: fc.nat(),
  what: mostly('nothing', 'out', '"', '\\', ',', '\t', '\u0001', '\uFFFD'),
});

function slipped(json: string, { at, what }: { at: number; what: string }): string {
  const place = at % json.length;
  if (what === 'nothing') return json;
  return json.slice(0, place) + (what === 'out' ? '' : what) + json.slice(what === 'out' ? place + 1 : place);
}

test('what fits a template gives the facts that reading it gives', () => {
  const fitted = vi.spyOn(AlikeTexts.prototype, 'factsOf');
  fc.assert(
    fc.property(fc.array(fc.tuple(device, layout, slip), { minLength: 30, maxLength: 60 }), (all) => {
      const aids = readingAids({});
      for (const [value, indent, wrong] of all) {
        const content = bytes(slipped(JSON.stringify(value, undefined, indent), wrong));
        expect(documentFrom('a', content, aids)).toEqual(documentFrom('a', content));
      }
    }),
    { numRuns: 200 },
  );
  const fits = fitted.mock.results.filter(({ value }) => value !== undefined).length;
  expect(fits).toBeGreaterThan(1000);
});

test('the bytes of a file may be gone when the next one is read', () => {
  const aids = readingAids({});
  const buffer = Buffer.alloc(1024);
  const groups = ['A', 'A', 'A', 'B', 'C', 'B', 'A'];
  const read = groups.map((group) => {
    const length = buffer.write(`{"kind":"policy","name":"x","administrationGroup":"${group}","ksn":{}}`);
    return documentFrom('a', buffer.subarray(0, length), aids).facts?.administrationGroup;
  });
  expect(read).toEqual(groups);
});

test('a text that is in order may be all that a template has', () => {
  const aids = readingAids({});
  const read = (name: string) =>
    documentFrom('a', bytes(`{"kind":"policy","name":"${name}","administrationGroup":"A","ksn":{}}`), aids);
  const [, , third] = [read('one'), read('two'), read('three')];
  expect(third).toMatchObject({
    facts: { kind: 'policy', name: 'three', administrationGroup: 'A' },
    problems: [],
  });
});
