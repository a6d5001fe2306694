import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offeredFixes } from '../../../server/src/engine/fixes';
import { formatDocument } from '../../../server/src/engine/format';
import { configName } from '../../../server/src/project/document';
import { readConfig, readDocument } from '../../../server/src/project/read-document';
import { glob } from '../../../server/src/project/glob';
import { parse } from '../../../server/src/syntax/tree';
import { findingsIn } from '../../rules/harness';
import { anyText, nearlyJson } from '../json';
import { mutated } from '../mutations';
import { bodyOf, consequences, located, read } from './judged';
import { hangs, projects, tries } from './projects';

const path = 'a.kea-policy.json';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  anyText.map((text) => new TextEncoder().encode(text)),
  nearlyJson.map((text) => new TextEncoder().encode(text)),
  // UTF-16 of either kind, with and without its mark
  fc.tuple(nearlyJson, fc.boolean(), fc.boolean()).map(([text, swapped, mark]) => {
    const utf16 = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
    return new Uint8Array(swapped ? utf16.subarray(0, utf16.length & ~1).swap16() : utf16);
  }),
);

describe('nothing throws', () => {
  test(
    'on any bytes as a policy and as a config',
    () => {
      fc.assert(
        fc.property(bytes, bytes, (policy, config) => {
          const files = { [path]: policy, [configName]: config };
          findingsIn(files, path);
          findingsIn(files, configName);
        }),
        tries(150),
      );
    },
    hangs,
  );

  test(
    'on any JSON',
    () => {
      const values = fc.oneof(
        fc.jsonValue({ maxDepth: 4 }),
        mutated('policy'),
        mutated('device'),
        mutated('config'),
      );
      fc.assert(
        fc.property(values, (value) => {
          const text = JSON.stringify(value);
          const files = { [path]: text, [configName]: text };
          for (const finding of [...findingsIn(files, path), ...findingsIn(files, configName)]) {
            offeredFixes(parse(text), finding);
          }
        }),
        tries(150),
      );
    },
    hangs,
  );

  test(
    'on any project, whatever is asked of it',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const project = read(texts);
          consequences(project);
          for (const finding of located(texts, project)) {
            offeredFixes(parse(bodyOf(texts[finding.path])), finding);
          }
          for (const text of Object.values(texts)) formatDocument(bodyOf(text));
        }),
        tries(80),
      );
    },
    hangs,
  );
});

describe('a hostile file is judged without stalling', () => {
  const many = (count: number, one: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => one(i)).join();
  const policy = (more: string): string =>
    `{"kind":"policy","name":"A","administrationGroup":"G","ksn":{},${more}}`;

  test.each([
    ['15,000 unknown members', policy(many(15_000, (i) => `"u${i}":1`)), 15_000],
    ['15,000 members named twice', policy(many(15_000, (i) => `"u${i >> 1}":1`)), 15_000],
    ['a name 15,000 times', policy(many(15_000, () => '"name":"A"')), 15_000],
    ['5,000 exceptions', policy(`"exceptions":[${many(5_000, () => '{"rule":"a","reason":"b"}')}]`), 5_000],
    [
      '2,000 exceptions from rules and 15,000 unknown members',
      policy(
        `"exceptions":[${many(2_000, () => '{"rule":"ksn-proxy-without-ksn","reason":"A reason that is long enough"}')}],${many(15_000, (i) => `"u${i}":1`)}`,
      ),
      15_000,
    ],
    ['15,000 regions', policy(`"regions":[${many(15_000, () => '1')}]`), 1_000],
    ['commas', policy(`"a":[${','.repeat(500_000)}]`), 1],
    ['comments', policy(`"a":[${'/**/'.repeat(20_000)}]`), 20_000],
    ['quotes', policy('"'.repeat(500_000)), 1],
    ['blanks in a group', policy(`"administrationGroup":"${'a '.repeat(400_000)}"`), 1],
    ['a number of 1,000,000 digits', policy(`"a":${'9'.repeat(1_000_000)}`), 1],
    ['a language tag that never ends', policy(`"a":1,"b":"${'a-'.repeat(200_000)}"`), 1],
    ['backslashes', policy(`"a":"${'\\'.repeat(1_000_000)}"`), 1],
  ])(
    '%s',
    (_what, text, least) => {
      const files = { [path]: text, 'b.kea-policy.json': policy('"status":"active"') };
      expect(located(files).length).toBeGreaterThanOrEqual(least);
    },
    hangs,
  );

  test(
    'a group of 300,000 parts',
    () => {
      const group = 'a/'.repeat(300_000);
      const text = (ksn: object): string =>
        JSON.stringify({ kind: 'policy', name: 'A', administrationGroup: `${group}b`, ksn });
      const files = {
        [path]: text({ enforcement: 'enforce', enabled: true }),
        'b.kea-policy.json': text({ enforcement: 'enforce', enabled: false }),
        [configName]: JSON.stringify({
          agents: [{ version: '3.16', administrationGroups: ['a', `${group}c`] }],
        }),
      };
      expect(located(files).map(({ rule }) => rule)).toContain('policy-duplicate-active');
      consequences(read(files));
    },
    hangs,
  );

  const configs: readonly (readonly [string, string])[] = [
    [
      'rules of 15,000 names in an override',
      `{"overrides":[{"files":["a"],"rules":{${many(15_000, (i) => `"u${i}":"off"`)}}}]}`,
    ],
    ['globs of stars', `{"ignore":[${many(200, () => `"${'*a'.repeat(250)}"`)}]}`],
    ['a glob of 300,000 alternatives', `{"ignore":["{${many(300_000, () => 'a')}}"]}`],
    ['2,000 overrides', `{"overrides":[${many(2_000, () => '{"files":["**/*a*"],"agents":[]}')}]}`],
    ['5,000 agents', `{"agents":[${many(5_000, () => '{"version":"1.2","statementVersion":"S2"}')}]}`],
    [
      '5,000 texts',
      `{"statements":[{"version":"S","texts":[${many(5_000, () => '{"language":"en","file":"../x"}')}]}]}`,
    ],
  ];
  test.each(configs)(
    'a config with %s',
    (_what, text) => {
      const files = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `${'a'.repeat(60)}/${i}.kea-policy.json`,
          policy('"regions":[]'),
        ]),
      );
      located({ ...files, [configName]: text });
    },
    hangs,
  );
});

describe('globs', () => {
  test.each([
    ['500,000 stars', '*a'.repeat(500_000)],
    ['200,000 braces that open', '{'.repeat(200_000)],
    ['100,000 braces in each other', `${'{'.repeat(100_000)}a${'}'.repeat(100_000)}`],
    ['300,000 alternatives', `{${'a,'.repeat(300_000)}b}`],
    ['150,000 alternatives in each other', `${'{a,'.repeat(150_000)}b${'}'.repeat(150_000)}`],
    ['stars in braces in stars', `${'{*a,*'.repeat(2_000)}${'}*'.repeat(2_000)}`],
    ['500,000 brackets', '['.repeat(500_000)],
    ['100,000 double stars', '**/'.repeat(100_000)],
  ])('of %s are matched without stalling', (_what, source) => void glob(source).matches('a/'.repeat(40)));

  test('mean nothing else for being odd', () => {
    const odd = fc.array(fc.constantFrom('*', '**', '/', '?', '[', ']', '{', '}', ',', 'a', '!', '\\', '-'), {
      maxLength: 12,
    });
    const paths = fc.array(fc.constantFrom('a', '/', 'b', '[', '{', '💥'), { maxLength: 8 });
    fc.assert(
      fc.property(odd, paths, (pattern, at) => void glob(pattern.join('')).matches(at.join(''))),
      tries(500),
    );
  });
});

test('what is read is the same, however often', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      expect(readDocument(content)).toEqual(readDocument(content));
      expect(readConfig(content)).toEqual(readConfig(content));
    }),
    tries(60),
  );
});
