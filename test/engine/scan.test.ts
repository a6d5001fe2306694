import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeeperThan, maxDepth } from '../../server/src/syntax/depth';
import { memberCount, scan } from '../../server/src/syntax/scan';
import { parse } from '../../server/src/syntax/tree';
import { anyText, countOf, nearlyJson, sources, textOf } from './json';

describe('scan', () => {
  test('counts members as a reference does, whatever stands in strings', () => {
    fc.assert(
      fc.property(sources, fc.constantFrom('', ' ', '\n\t'), (source, blank) => {
        expect(scan(textOf(source, blank)).members).toBe(countOf(source).members);
      }),
    );
  });

  test('counts more members than the value has exactly where a name is repeated', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const text = textOf(source);
        const lost = scan(text).members - memberCount(JSON.parse(text));
        expect(lost > 0).toBe(countOf(source).repeated > 0);
      }),
    );
  });

  test('never throws, and nothing is suspicious about simple texts', () => {
    fc.assert(fc.property(fc.oneof(nearlyJson, anyText), (text) => void scan(text)));
    expect(scan('{"a": [1, -20, "3.5", "x\\\\", "\\u00e9"]}')).toEqual({
      tooDeep: false,
      members: 1,
      suspicious: false,
    });
  });

  test.each([
    ['an escape that may be half of a pair', '["\\uD800"]'],
    ['half of a pair', '["\ud800"]'],
    ['a fraction', '[1.5]'],
    ['an exponent', '[1e5]'],
    ['a long number', '[1234567890123456]'],
  ])('is suspicious of %s', (_what, text) => {
    expect(scan(text).suspicious).toBe(true);
  });

  test('lets 64 levels pass and stops at the next', () => {
    expect(scan('['.repeat(maxDepth) + ']'.repeat(maxDepth)).tooDeep).toBe(false);
    expect(scan('['.repeat(maxDepth + 1) + ']'.repeat(maxDepth + 1)).tooDeep).toBe(true);
    expect(scan('[]'.repeat(1000)).tooDeep).toBe(false);
    expect(scan(`"${'['.repeat(1000)}"`).tooDeep).toBe(false);
  });
});

describe('parse', () => {
  test.each([
    ['65 levels', '['.repeat(65) + ']'.repeat(65)],
    ['200,000 levels', '{"a":'.repeat(200_000)],
    ['brackets that close nothing', '[},'.repeat(200_000)],
    ['a few of them', '[},'.repeat(70)],
    ['more than 1 MiB', ' '.repeat(1024 * 1024 + 1)],
  ])('makes no tree of %s, and does not throw', (_what, text) => {
    expect(parse(text)).toMatchObject({ root: undefined, refused: true });
  });

  test('takes brackets in comments and strings for what they are', () => {
    expect(parse(`[1 /* ${'['.repeat(99)} */, "${'{'.repeat(99)}"]`).root?.children).toHaveLength(2);
  });
});

describe('isDeeperThan', () => {
  test('is exact for strict JSON', () => {
    const nested = (levels: number): string => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2);
    expect(isDeeperThan(nested(64), 64)).toBe(false);
    expect(isDeeperThan(nested(66), 64)).toBe(true);
  });

  test.each([
    ['brackets that close nothing', '[},'.repeat(200)],
    ['a string that ends with its line', `["\n,${'['.repeat(200)}`],
    ['a comment that hides nothing behind it', `/*"*/${'['.repeat(200)}`],
    ['200,000 levels', '{"a":'.repeat(200_000)],
  ])('sees through %s', (_what, text) => {
    expect(isDeeperThan(text, 64)).toBe(true);
  });

  test('counts no bracket in comments and strings', () => {
    expect(isDeeperThan(`[ /* ${'['.repeat(99)} */ "${'{'.repeat(99)}" ]`, 64)).toBe(false);
  });
});
