import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { malformed } from '../../server/src/model/facts';
import { maxBytes, readConfig, readDocument } from '../../server/src/project/read-document';
import { anyText, nearlyJson } from './json';
import { complete, mutated } from './mutations';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const rulesOf = (content: Uint8Array | string): string[] =>
  readDocument(content).problems.map(({ rule }) => rule);
const policy = '{"kind": "policy", "name": "a", "administrationGroup": "b", "ksn": {"enabled": true}}';

describe('a document in order', () => {
  test('has its facts and the one empty list of problems', () => {
    const first = readDocument(JSON.stringify(complete.policy));
    const second = readDocument(utf8(JSON.stringify(complete.device, null, 2)));
    expect(first.facts).toMatchObject({ kind: 'policy', status: 'active', regions: ['DE', 'FR'] });
    expect(second.facts).toMatchObject({ kind: 'device', agent: { version: '3.16.0.1' } });
    expect(first.problems).toHaveLength(0);
    expect(first.problems).toBe(second.problems);
  });

  test('says the same as bytes and as text', () => {
    fc.assert(
      fc.property(fc.oneof(mutated('policy'), mutated('device')), (value) => {
        const text = JSON.stringify(value);
        expect(readDocument(utf8(text))).toEqual(readDocument(text));
      }),
      { numRuns: 100 },
    );
  });

  test('strings that recur are kept once', () => {
    const kept = new Map([['b', 'kept']]);
    expect(
      readDocument(policy, { intern: (text) => kept.get(text) ?? text }).facts?.administrationGroup,
    ).toBe('kept');
  });

  test.each([
    ['a byte order mark', '\ufeff' + policy],
    ['CRLF', policy.replaceAll(' ', '\r\n')],
    ['a number that takes a closer look', policy.replace('{', '{"formatVersion": 1.0,')],
    ['an escaped pair of surrogates', policy.replace('"a"', '"\\ud83d\\ude00"')],
    ['escaped quotes and backslashes', policy.replace('"a"', '"\\\\\\":{["')],
  ])('may have %s', (_what, text) => {
    const read = readDocument(utf8(text));
    expect(read.problems).toEqual([]);
    expect(read.facts?.ksn.enabled).toBe(true);
  });
});

describe('a member that is named and has no value that can be read', () => {
  test.each([
    ['a half-typed word', '"enabled": tru'],
    ['nothing behind the colon', '"enabled":'],
    ['no colon', '"enabled"'],
    ['one of that name before it', '"enabled": true, "enabled":'],
  ])('is malformed, and neither absent nor its default: %s', (_what, member) => {
    const read = readDocument(policy.replace('"enabled": true', member));
    expect(read.facts?.ksn.enabled).toBe(malformed);
    const brokenOff = readDocument(policy.replace('"enabled": true}}', member));
    expect(brokenOff.facts?.ksn.enabled).toBe(malformed);
  });

  test('does not hide one of that name behind it', () => {
    const read = readDocument(policy.replace('"enabled": true', '"enabled":, "enabled": true'));
    expect(read.facts?.ksn.enabled).toBe(true);
  });

  test('does not hide one in another object of the same name, which is the one that counts', () => {
    const read = readDocument(policy.replace('"ksn":', '"ksn": {"enabled":}, "ksn":'));
    expect(read.facts?.ksn.enabled).toBe(true);
  });
});

describe('hostile content', () => {
  test('any bytes: never throws, and finds something or a document', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { facts, problems } = readDocument(bytes);
        expect(facts === undefined).toBe(problems.length > 0);
        readConfig(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('any text: never throws, and finds something or a document', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyJson, anyText), (text) => {
        const { facts, problems } = readDocument(text);
        expect(facts !== undefined || problems.length > 0).toBe(true);
        readConfig(text);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['0 bytes', new Uint8Array(), ['json-syntax']],
    ['a byte order mark alone', Uint8Array.of(0xef, 0xbb, 0xbf), ['json-syntax']],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0), ['document-unreadable']],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff), ['document-unreadable']],
    ['a byte over 1 MiB', new Uint8Array(maxBytes + 1).fill(0x20), ['document-limits']],
    ['1 MiB of blanks', new Uint8Array(maxBytes).fill(0x20), ['json-syntax']],
    ['65 levels', '['.repeat(65) + ']'.repeat(65), ['document-limits']],
    ['64 levels', '['.repeat(64) + ']'.repeat(64), ['invalid-value']],
    ['200,000 levels', '['.repeat(200_000) + ']'.repeat(200_000), ['document-limits']],
    ['200,000 levels of objects', '{"a":'.repeat(200_000), ['document-limits']],
    ['200,000 brackets that close nothing', '[},'.repeat(200_000), ['document-limits']],
    ['levels behind a string that is not closed', `["\n,${'['.repeat(200_000)}`, ['document-limits']],
    ['1 MiB of one string', `"${'x'.repeat(maxBytes - 2)}"`, ['invalid-value']],
    ['a text of more than 1 MiB', `"${'é'.repeat(maxBytes / 2)}"`, ['document-limits']],
  ])('%s: one clear finding', (_what, content, rules) => {
    expect(rulesOf(content)).toEqual(rules);
  });

  test('__proto__ and constructor are members like others', () => {
    const text = policy.replace('{', '{"__proto__": {"name": "x"}, "constructor": 1, "toString": 2,');
    expect(rulesOf(text)).toEqual(['unknown-property', 'unknown-property', 'unknown-property']);
    expect(rulesOf('{"__proto__": {"kind": "policy"}}')).toEqual(['missing-property']);
    expect(rulesOf(text.replace('}}', '},}'))).toHaveLength(4);
  });

  test('half of a surrogate pair is said once', () => {
    expect(rulesOf(policy.replace('"b"', '"\\ud800"'))).toEqual(['invalid-value']);
    expect(rulesOf(policy.replace('"policy"', '"\ud800"'))).toEqual(['invalid-value']);
    expect(rulesOf(policy.replace('{', '{"\\ud800": 1,'))).toEqual(['invalid-value']);
  });
});

describe('a document with faults', () => {
  test('of a repeated name the last counts', () => {
    const { facts, problems } = readDocument(policy.replace('true', 'true, "enabled": false'));
    expect(facts?.ksn.enabled).toBe(false);
    expect(problems.map(({ rule }) => rule)).toEqual(['duplicate-key']);
  });

  test('contributes what its tree yields', () => {
    const { facts, problems } = readDocument(policy.replace('"b",', '"b"').replace('}}', '},}'));
    expect(facts).toMatchObject({ name: 'a', administrationGroup: 'b', ksn: { enabled: true } });
    expect(problems.map(({ rule }) => rule)).toEqual(['json-syntax', 'json-syntax']);
  });

  test('is not said to lack what the text breaks off before', () => {
    const { facts, problems } = readDocument('{"kind": "policy", "name": "a", "administrationGroup":');
    expect(problems.map(({ rule }) => rule)).toEqual(['json-syntax']);
    expect(facts?.administrationGroup).toBe(malformed);
    expect(facts?.ksn.enabled).toBe(malformed);
  });

  test('a comment hides no other fault', () => {
    expect(rulesOf('// why\n{"kind": "policy", "name": "a", "ksn": {}}')).toEqual([
      'json-syntax',
      'missing-property',
    ]);
  });

  test.each([
    ['malformed', '"ksn": {"enabled": "yes"}', ['invalid-value']],
    ['inside a malformed object', '"ksn": []', ['invalid-value']],
    ['of a missing object', '"description": ""', ['missing-property']],
    ['rounded', '"ksn": {"enabled": 1e400}', ['invalid-value']],
  ])('a member is malformed: %s', (_what, ksn, rules) => {
    const text = `{"kind": "policy", "name": "a", "administrationGroup": "b", ${ksn}}`;
    expect(rulesOf(text)).toEqual(rules);
    expect(readDocument(text).facts?.ksn.enabled).toBe(malformed);
  });

  test('is nothing without a kind', () => {
    const { facts, problems } = readDocument('{"kynd": "policy", "name": 5, "nothing": 1}');
    expect(facts).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

describe('a config', () => {
  test('has the facts of what is well-formed in it', () => {
    const text = JSON.stringify({
      ...complete.config,
      restrictedRegions: ['DE', 'xx'],
      ignore: 5,
      agents: [{}],
    });
    const { facts, problems } = readConfig(text);
    expect(problems.map(({ rule }) => rule).sort()).toEqual([
      'invalid-value',
      'invalid-value',
      'missing-property',
    ]);
    expect(facts).toMatchObject({ restrictedRegions: ['DE'], ignore: [], plugin: { version: '3.16' } });
    expect(facts.agents).toHaveLength(1);
  });

  test.each(['', '[]', 'null', '{', '\0', '['.repeat(70)])('is an empty one where it is %j', (text) => {
    const { facts, problems } = readConfig(text);
    expect(problems).toHaveLength(1);
    expect(facts).toEqual(readConfig('{}').facts);
  });
});
