import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate } from '../../server/src/syntax/anchor';
import { applyEdits, editsFor } from '../../server/src/syntax/change';
import type { Problem } from '../../server/src/syntax/problem';
import { syntaxProblems } from '../../server/src/syntax/problems';
import { parse } from '../../server/src/syntax/tree';
import { anyText, countOf, nearlyJson, sources, textOf } from './json';

const problemsIn = (text: string): Problem[] => syntaxProblems(parse(text));

/** The text with each problem's place in «»; empty places are `«»`. */
function marked(text: string, rule: Problem['rule'] = 'json-syntax'): string {
  const parsed = parse(text);
  const ranges = syntaxProblems(parsed)
    .filter((problem) => problem.rule === rule)
    .map((problem) => locate(parsed, problem.anchor));
  const edits = ranges.flatMap(({ start, end }) => [
    { start, end: start, text: '«' },
    { start: end, end, text: '»' },
  ]);
  return applyEdits(text, edits);
}

function repaired(text: string, problem: Problem): string {
  return applyEdits(text, editsFor(parse(text), problem.repairs![0]!.changes)!);
}

const strict = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('json-syntax', () => {
  test.each([
    // nothing and too little
    ['', '«»', /empty/],
    [' \n', '«» \n', /empty/],
    ['{"a":{"b":[1', '{"a":{"b":[1«»', /]}} are missing/],
    // commas and colons
    ['{"a":1 "b":2}', '{"a":1 «"b"»:2}', /comma is missing/],
    ['{"a":1,,"b":2}', '{"a":1,«,»"b":2}', /comma with nothing before/],
    ['[1,,,2]', '[1,«,»,2]', /comma with nothing before/],
    ['[,]', '[«,»]', /comma with nothing before/],
    ['{"a" 1}', '{"a" «1»}', /":" is missing/],
    ['{"a"}', '{"a"«}»', /name without a value/],
    ['{"a":}', '{"a":«}»', /value is missing/],
    ['{"a":,"b":1}', '{"a":«,»"b":1}', /value is missing/],
    // brackets
    ['{"a":[1,2}, "b":1}', '{"a":[1,2«}», "b":1}', /] is expected/],
    ['{"a":{]}', '{"a":{«]»}', /} is expected/],
    ['{"a":1}}', '{"a":1}«}»', /closes nothing/],
    ['}{', '«}»{', /closes nothing/],
    ['\n ]', '\n «]»', /closes nothing/],
    ['{"a":1} {"b":2}', '{"a":1} «{»"b":2}', /one value/],
    // what is not JSON
    ['{a: 1}', '{«a»: 1}', /double quotes/],
    ["{'a': 'b c'}", "{«'a'»: «'b c'»}", /double quotes/],
    ['{"a": True, "b": None}', '{"a": «True», "b": «None»}', /written (true|null)/],
    ['{"a": NaN}', '{"a": «NaN»}', /no such number/],
    ['{"a": 01}', '{"a": «01»}', /leading zeros/],
    ['{"a": 0x10}', '{"a": «0x10»}', /no number/],
    ['{"a": +1}', '{"a": «+1»}', /no number/],
    ['{"a": 1.}', '{"a": «1.»}', /breaks off/],
    ['{}\u00a0', '{}«\u00a0»', /\\u00a0/],
    ['<<<<<<< HEAD\n{}\n', '«<<<<<<< HEAD»\n{}\n', /merge conflict/],
    // strings
    ['{"a": "x\n}', '{"a": «"x»\n}', /closing quote/],
    ['{"a": "x', '{"a": «"x»', /closing quote/],
    ['{"a": "C:\\dir"}', '{"a": «"C:\\dir"»}', /escape/],
    ['{"a": "\\u12"}', '{"a": «"\\u12"»}', /four hex digits/],
    ['{"a": "x\ty"}', '{"a": «"x\ty"»}', /control character/],
    // comments
    ['{"a":1} // end', '{"a":1} «// end»', /comments/],
    ['{"a":1 /* x', '{"a":1 «/* x»«»', /never closed|missing/],
  ])('%j', (text, places, message) => {
    expect(marked(text)).toBe(places);
    for (const problem of problemsIn(text)) expect(problem.message).toMatch(message);
  });

  test('is found exactly where JSON.parse refuses a text', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const found = problemsIn(text).some(({ rule }) => rule === 'json-syntax');
        expect(found).toBe(!strict(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('never throws, and every place lies in the text', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyJson, anyText), (text) => {
        const parsed = parse(text);
        for (const { anchor } of syntaxProblems(parsed)) {
          const { start, end } = locate(parsed, anchor);
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('every place is found, not only the first', () => {
    expect(marked('{"a": [1, 2,], // x\n "b": tru,}')).toBe('{"a": [1, 2«,»], «// x»\n "b": «tru»«,»}');
  });

  test('a trailing comma is removed safely, also before a comment', () => {
    const text = '{\n  "a": [1, 2, /* last */],\n}\n';
    const commas = problemsIn(text).filter(({ repairs }) => repairs?.[0]?.kind === 'safe');
    expect(commas.map((problem) => repaired(text, problem))).toEqual([
      '{\n  "a": [1, 2 /* last */],\n}\n',
      '{\n  "a": [1, 2, /* last */]\n}\n',
    ]);
  });

  test.each([
    ['with its line', '{\r\n  // why\r\n  "a": 1\r\n}', '{\r\n  "a": 1\r\n}'],
    ['at the end of a line', '{\n  "a": 1 // why\n}', '{\n  "a": 1\n}'],
    ['between values, which do not grow together', '[1/**/2]', '[1 2]'],
  ])('a comment is removed %s', (_what, text, after) => {
    expect(repaired(text, problemsIn(text)[0]!)).toBe(after);
    expect(problemsIn(text)[0]!.repairs![0]!.kind).toBe('choice');
  });

  test('a comment that is never closed is not removed with all that follows', () => {
    expect(problemsIn('{"a": 1 /* b }')[0]).not.toHaveProperty('repairs');
  });
});

describe('duplicate-key', () => {
  test('is found as often as a reference finds it', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const found = problemsIn(textOf(source, ' ')).filter(({ rule }) => rule === 'duplicate-key');
        expect(found).toHaveLength(countOf(source).repeated);
      }),
    );
  });

  test('stands at the later name, one for each', () => {
    expect(marked('{"a":1,"b":{"c":1,"\\u0063":2},"a":1,"a":3}', 'duplicate-key')).toBe(
      '{"a":1,"b":{"c":1,«"\\u0063"»:2},«"a"»:1,«"a"»:3}',
    );
  });

  test.each([
    [
      'safe',
      '{"a": {"x": 1, "y": [2]}, "b": 2, "a": {"y": [2], "x": 1}}',
      '{"b": 2, "a": {"y": [2], "x": 1}}',
    ],
    ['choice', '{"b": 0, "a": true, "a": false}', '{"b": 0, "a": false}'],
    ['choice', '{"a": [1, 2], "a": [2, 1]}', '{"a": [2, 1]}'],
    ['choice', '{"a": {}, "a": []}', '{"a": []}'],
  ])('removes the earlier one: %s', (kind, text, after) => {
    const [problem] = problemsIn(text);
    expect(problem!.repairs![0]!.kind).toBe(kind);
    expect(repaired(text, problem!)).toBe(after);
  });

  test('repairing never changes what readers of the text see', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const text = textOf(source);
        for (const problem of problemsIn(text).filter(({ repairs }) => repairs)) {
          expect(JSON.parse(repaired(text, problem))).toEqual(JSON.parse(text));
        }
      }),
    );
  });
});

describe('invalid-value', () => {
  test.each([
    ['{"a": "\\ud800"}', '{"a": «"\\ud800"»}'],
    ['{"a": ["\\udc00\\ud800"]}', '{"a": [«"\\udc00\\ud800"»]}'],
    ['{"\ud800": 1}', '{«"\ud800"»: 1}'],
    ['{"a": "\ud800", "a": 1}', '{"a": «"\ud800"», "a": 1}'],
    ['[9007199254740993]', '[«9007199254740993»]'],
    ['[1.00000000000000000001]', '[«1.00000000000000000001»]'],
    ['[1e400, -1e400]', '[«1e400», «-1e400»]'],
    ['[1e-400]', '[«1e-400»]'],
  ])('finds what readers would change: %s', (text, places) => {
    expect(marked(text, 'invalid-value')).toBe(places);
  });

  test.each([
    '["\\ud83d\\ude00"]',
    '["😀"]',
    '["\\\\ud800"]',
    '[0.1, 1.10, 1E5, -0, 0.0, 100e-2]',
    '[9007199254740992]',
  ])('leaves alone what comes back as it was: %s', (text) => {
    expect(problemsIn(text)).toEqual([]);
  });

  test('every number that JSON.stringify writes comes back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(problemsIn(JSON.stringify([n]))).toEqual([]);
      }),
    );
  });
});
