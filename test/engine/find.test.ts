import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from '../../server/src/syntax/anchor';
import { find, findNearest } from '../../server/src/syntax/find';
import { child, type Pointer } from '../../server/src/syntax/pointer';
import { parse } from '../../server/src/syntax/tree';

/** All pointers into a value, and some that lead nowhere. */
function pointers(value: unknown, at: Pointer = ''): Pointer[] {
  if (typeof value !== 'object' || value === null) return [at, `${at}/none`, `${at}/0`];
  const inside = Object.entries(value).flatMap(([name, inner]) => pointers(inner, child(at, name)));
  return [at, ...inside, `${at}/none`, `${at}/99`];
}

const space = fc.constantFrom(undefined, 1, '\t', '    ');

test('every place is where the tree has it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), space, (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), undefined, indent);
      const parsed = parse(text);
      for (const pointer of pointers(JSON.parse(text))) {
        for (const on of ['key', 'value'] as const) {
          const inTree = { pointer, on, ...locate(parsed, { pointer, on }) };
          const found = find(text, pointer, on);
          if (found) expect({ pointer, on, ...found }).toEqual(inTree);
          expect({ pointer, on, ...findNearest(text, pointer, on) }).toEqual(inTree);
        }
      }
    }),
  );
});

test('whatever is there is found', () => {
  const text =
    '\r\n{ "a" : [ 1 , {"b\\u0041~/" : "x\\"}" } , [] ] ,\n"c":null, "d": {"c": -1e5}, "c": true }\n';
  const at = (pointer: string, on: 'key' | 'value') => {
    const range = find(text, pointer, on);
    return range && text.slice(range.start, range.end);
  };
  expect(at('', 'value')).toBeUndefined();
  expect(at('/a', 'key')).toBe('"a"');
  expect(at('/a/0', 'value')).toBe('1');
  expect(at('/a/0', 'key')).toBeUndefined();
  expect(at('/a/1/bA~0~1', 'key')).toBe('"b\\u0041~/"');
  expect(at('/a/1/bA~0~1', 'value')).toBe('"x\\"}"');
  expect(at('/a/2', 'value')).toBe('[]');
  expect(at('/a/2/0', 'value')).toBeUndefined();
  expect(at('/a/3', 'value')).toBeUndefined();
  expect(at('/d/c', 'value')).toBe('-1e5');
  expect(at('/c', 'value')).toBe('true');
  expect(text.indexOf('"c": true')).toBe(find(text, '/c', 'key')?.start);
});
