import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../server/src/engine/fingerprint';
import { offeredFixes } from '../../../server/src/engine/fixes';
import { configName } from '../../../server/src/project/document';
import { glob } from '../../../server/src/project/glob';
import { applyEdits, difference, editsFor } from '../../../server/src/syntax/change';
import { parse } from '../../../server/src/syntax/tree';
import { located } from './judged';

// The smallest text for each fault that a property or a hostile file has shown.

const path = 'a.kea-policy.json';
const titles = (text: string): string[] =>
  located({ [path]: text }).flatMap(({ fixes }) => fixes.map(({ title }) => title));

describe('a comma', () => {
  test.each([
    ['before the bracket of an array that is not open', '{"kind": "policy", ]"name": "A"}'],
    ['before the brace of an object that is not open', '{"kind": "policy", "regions": ["DE", }'],
  ])('is not trailing %s', (_what, text) => {
    expect(titles(text)).not.toContain('Remove the trailing comma');
  });

  test('is trailing before the bracket and before the brace that it stands in', () => {
    const text = '{"kind": "policy", "regions": ["DE", ], }';
    expect(titles(text).filter((title) => title === 'Remove the trailing comma')).toHaveLength(2);
  });
});

test('a member in which the text breaks off is not removed: the end of the file would go with it', () => {
  const text = '{"name": "A", "kmp": {"enabled": false\n';
  expect(editsFor(parse(text), [{ op: 'remove', pointer: '/kmp' }])).toBeUndefined();
  const string = '{"name": "A", "ksn": {"enforcement": "';
  expect(editsFor(parse(string), [{ op: 'remove', pointer: '/ksn/enforcement' }])).toBeUndefined();
});

test.each([
  ['which something grows together with', '{"a": 1, "x": [1]y", "n, "b": 1}', '/x'],
  ['in which a string breaks off', '{"a": 1, "x": "acc\n, "b": 1}', '/x'],
  ['that has no value', '{"a": 1, "x", "b": 1}', '/x'],
  ['in an object that breaks off', '{"a": 1, "x": {"b": {"c": 1}\n', '/x/b'],
])('a member %s is not removed', (_what, text, pointer) => {
  expect(editsFor(parse(text), [{ op: 'remove', pointer }])).toBeUndefined();
});

test.each([
  ['{"a": 1, "x": 1, "x": 2}', '{"a": 1}'],
  ['{"x": 1, "x": 2, "a": 1}', '{"a": 1}'],
  ['{"x": 1, "a": 1, "x": 2, "x": 3, "b": 1, "x": 4}', '{"a": 1, "b": 1}'],
  ['{"x": 1, "x": 2}', '{}'],
  ['{"x": 1, /* why */ "x": 2, "a": 1}', undefined],
])('all members by a name are removed, or none: %s', (text, after) => {
  const edits = editsFor(parse(text), [{ op: 'remove', pointer: '/x' }]);
  expect(edits && applyEdits(text, edits)).toBe(after);
});

test('the line end behind which a string breaks off is not removed with the member that follows', () => {
  const remove = (text: string) => {
    const edits = editsFor(parse(text), [{ op: 'remove', pointer: '/x' }]);
    return edits && applyEdits(text, edits);
  };
  expect(remove('{"a": "acc\n, "x": 1, "b": 1}')).toBe('{"a": "acc\n, "b": 1}');
  expect(remove('{"a": "acc\n, "x": 1}')).toBeUndefined();
});

test('nothing is put where it would grow together with what stands there, or behind a string that breaks off', () => {
  const set = (text: string, pointer: string) => editsFor(parse(text), [{ op: 'set', pointer, value: 1 }]);
  expect(set('{"a": .policy", "b": 1}', '/a')).toBeUndefined();
  expect(set('{"a": "acc\n}', '/b')).toBeUndefined();
  expect(set('{"a":1}', '/a')).toHaveLength(1);
});

test('a member behind a comment is removed with the comma that follows it, and the comment stays', () => {
  const ksn = '{"enabled": false, /* why */ "enforcement": "enforce", "useKscAsKsnProxy": false}';
  const text = `{"kind": "device", "name": "A", "administrationGroup": "G", "agent": {"version": "3.16"}, "ksn": ${ksn}}`;
  const finding = located({ [path]: text }).find(({ rule }) => rule === 'ksn-enforcement-on-device')!;
  const [fix] = offeredFixes(parse(text), finding);
  expect(applyEdits(text, fix!.edits)).toBe(text.replace('"enforcement": "enforce", ', ''));
});

test.each([
  ['of an object that has a comment alone', '{"a": {/* why */}}', '{"a": {/* why */"b": 1}}'],
  ['of one on lines', '{\n  "a": { // why\n  }\n}', '{\n  "a": { // why\n    "b": 1\n  }\n}'],
  ['of an object in which the text breaks off', '{"a": {', undefined],
])('a member %s', (_what, text, after) => {
  const edits = editsFor(parse(text), [{ op: 'set', pointer: '/a/b', value: 1 }]);
  expect(edits && applyEdits(text, edits)).toBe(after);
});

describe('the difference of two texts', () => {
  test.each([
    ['a pair of surrogates at its start', 'a\ud83d\ude00b', 'a\ud83d\ude01b', [1, 3]],
    ['a pair of surrogates at its end', 'a\ud83d\ude00b', 'a\ud83c\ude00b', [1, 3]],
    ['a line end at its start', 'a\r\nb', 'a\rb', [1, 3]],
    ['a line end at its end', 'a\r\nb', 'ax\nb', [1, 3]],
  ])('does not cut %s in two', (_what, before, after, [start, end]) => {
    const [edit] = difference(before, after);
    expect([edit!.start, edit!.end]).toEqual([start, end]);
    expect(applyEdits(before, [edit!])).toBe(after);
  });
});

describe('globs', () => {
  test.each([
    ['{a,b}/*.json', 'b/x.json', true],
    ['{a,{b,c}}/x', 'c/x', true],
    ['{a,b', '{a,b', true],
    ['a,b}', 'a,b}', true],
    ['{a\\,b}', 'a,b', true],
    ['[ab', '[ab', true],
    ['[a-c]/**', 'b/c/d', true],
    ['[!a]x', 'ax', false],
    ['{**/,}x', 'a/b/x', true],
    ['**/**/x', 'x', true],
    ['a**b', 'a/c/b', true],
    ['?', '/', false],
    ['*', 'a/b', true],
    ['*.x', 'a/b.x', false],
    ['a/*', 'a', false],
  ])('%s and %s', (pattern, at, matches) => {
    expect(glob(pattern).matches(at)).toBe(matches);
  });
});

test('what is repeated in different objects is told apart by its fingerprint', () => {
  const again = '{"version": "1.2", "version": "1.2"}';
  const text = `{"plugin": ${again}, "agents": [${again}]}`;
  const prints = located({ [configName]: text })
    .filter(({ rule }) => rule === 'duplicate-key')
    .map(fingerprint);
  expect(new Set(prints).size).toBe(2);
});

test('a name with characters that can’t be seen stands in messages with these written out', () => {
  const policy = (name: string): string =>
    JSON.stringify({ kind: 'policy', name, administrationGroup: 'G', ksn: {} });
  const [finding] = located({ [path]: policy('a\u202eb\n'), 'b.kea-policy.json': policy('a\u202eb\n') });
  expect(finding!.message).toMatch(/a\\u202eb\\u000a/);
});
