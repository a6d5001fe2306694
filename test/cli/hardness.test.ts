import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bin, folderWith, policy, put, read, validate } from './command';

// Files as nobody would write them. Each run must end by itself with an answer; the limit is for what hangs.
const hangs = 120_000;
const own = 'a.kea-policy.json';
const other = 'b.kea-policy.json';
const config = 'kea-policy.config.json';

const KiB = 1024;

/** A policy in good order whose text has that many bytes. */
function sized(bytes: number): string {
  const text = (description: string): string => JSON.stringify(policy({ description }));
  return text('a'.repeat(bytes - text('').length));
}

const list = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join();
const withMembers = (members: string): string => JSON.stringify(policy()).replace(/\}$/, `,${members}}`);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** The rules of the findings of a file, each once, while the one beside it is judged all the same. */
function rulesFor(content: unknown, args: readonly string[] = []): string[] {
  const folder = folderWith({ [own]: content, [other]: policy({ name: 'Other', status: 'unknown' }) });
  const { status, findings, summary, stderr } = validate(folder, args);
  expect(stderr).toBe('');
  expect(status).toBe(1);
  expect(summary.files).toBe(2);
  expect(findings.filter(({ path }) => path === other).map(({ rule }) => rule)).toContain('invalid-value');
  return [...new Set(findings.filter(({ path }) => path === own).map(({ rule }) => rule))].sort();
}

const levels = (count: number, open: string, close: string): string =>
  withMembers(`"a":${open.repeat(count)}1${close.repeat(count)}`);

describe('a file that is odd', () => {
  test.each<[string, unknown, string[]]>([
    ['0 bytes', '', ['json-syntax']],
    ['blanks alone', ' \n\t\r\n', ['json-syntax']],
    ['a byte order mark alone', '\ufeff', ['json-syntax']],
    ['1 MiB', sized(1024 * KiB), []],
    ['one byte more than 1 MiB', sized(1024 * KiB + 1), ['document-limits']],
    ['20 MiB', sized(20 * 1024 * KiB), ['document-limits']],
    ['200,000 levels of lists', levels(200_000, '[', ']'), ['document-limits']],
    ['150,000 levels of objects', levels(150_000, '{"a":', '}'), ['document-limits']],
    ['200,000 levels that nothing closes', '['.repeat(200_000), ['document-limits']],
    ['brackets that close nothing', '[},'.repeat(200_000), ['document-limits']],
    ['64 levels', levels(63, '[', ']'), ['unknown-property']],
    ['65 levels', levels(64, '[', ']'), ['document-limits']],
    ['"__proto__"', withMembers('"__proto__":{"enabled":true}'), ['unknown-property']],
    ['"constructor"', withMembers('"constructor":{"prototype":{"name":1}}'), ['unknown-property']],
    [
      '"__proto__" in the KSN group',
      JSON.stringify(policy()).replace('"ksn":{', '"ksn":{"__proto__":{"enabled":true},'),
      ['unknown-property'],
    ],
    ['half of a surrogate pair', withMembers('"description":"\\ud83d"'), ['invalid-value']],
    ['a name of half a surrogate pair', withMembers('"\\udc00":1'), ['invalid-value']],
    ['a byte order mark', `\ufeff${JSON.stringify(policy())}`, []],
    ['CRLF', JSON.stringify(policy(), null, 2).replaceAll('\n', '\r\n'), []],
    ['CR alone', JSON.stringify(policy(), null, 2).replaceAll('\n', '\r'), []],
    ['UTF-16 with its mark', utf16(`\ufeff${JSON.stringify(policy())}`), ['document-unreadable']],
    ['UTF-16 without one', utf16(JSON.stringify(policy())), ['document-unreadable']],
    ['UTF-16, the other way', utf16(JSON.stringify(policy())).swap16(), ['document-unreadable']],
    ['Latin-1', Buffer.from('{"name":"M\u00fcnchen"}', 'latin1'), ['document-unreadable']],
    ['bytes of zero', new Uint8Array(1000), ['json-syntax']],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), ['document-unreadable']],
    ['a number', '1e400', ['invalid-value']],
    ['null', 'null', ['invalid-value']],
  ])(
    'of %s',
    (_what, content, rules) => {
      expect(rulesFor(content)).toEqual(rules);
    },
    hangs,
  );

  test.each<[string, string, string]>([
    ['50,000 unknown members', withMembers(list(50_000, (i) => `"u${i}":1`)), 'unknown-property'],
    ['50,000 members named twice', withMembers(list(50_000, (i) => `"u${i >> 1}":1`)), 'duplicate-key'],
    [
      '5,000 exceptions',
      withMembers(
        `"exceptions":[${list(5_000, () => '{"rule":"policy-inactive","reason":"Until the move is done"}')}]`,
      ),
      'exception-unused',
    ],
    ['60,000 comments', withMembers(`"regions":[${'/* why */'.repeat(60_000)}]`), 'json-syntax'],
    ['a text that ends in backslashes', withMembers(`"a":"${'\\'.repeat(900_001)}"`), 'json-syntax'],
    ['a number of 900,000 digits', withMembers(`"a":${'9'.repeat(900_000)}`), 'invalid-value'],
    ['a number of 900,000 zeros', withMembers(`"a":1.${'0'.repeat(900_000)}1`), 'invalid-value'],
    ['900,000 quotes', '"'.repeat(900_000), 'json-syntax'],
  ])(
    'of %s',
    (_what, content, rule) => {
      expect(rulesFor(content)).toContain(rule);
    },
    hangs,
  );

  test(
    'of 10,000 unknown members in every format',
    () => {
      const folder = folderWith({ [own]: withMembers(list(10_000, (i) => `"u${i}":1`)) });
      for (const format of ['pretty', 'compact', 'jsonl', 'sarif', 'junit', 'github', 'gitlab', 'markdown']) {
        const { status, stderr } = spawnSync(process.execPath, [bin, 'validate', '--format', format], {
          cwd: folder,
          encoding: 'utf8',
          maxBuffer: 512 * 1024 * KiB,
          timeout: hangs,
        });
        expect([format, status, stderr]).toEqual([format, 1, '']);
      }
    },
    4 * hangs,
  );

  test(
    'of a group of 500,000 parts, for every command that asks who decides',
    () => {
      const administrationGroup = `${'a/'.repeat(499_999)}b`;
      const folder = folderWith({
        [own]: JSON.stringify(policy({ administrationGroup })),
        [other]: JSON.stringify(policy({ administrationGroup: 'a/a/a', name: 'Other' })),
        [config]: { agents: [{ version: '3.16', statementVersion: 'S', administrationGroups: ['a/a'] }] },
      });
      for (const command of ['validate', 'effective', 'plan', 'report']) {
        const args = command === 'plan' ? ['--plugin', '4.0=S2'] : [];
        const { status, stderr } = spawnSync(process.execPath, [bin, command, ...args], {
          cwd: folder,
          encoding: 'utf8',
          maxBuffer: 512 * 1024 * KiB,
          timeout: hangs,
        });
        expect([command, status, stderr]).toEqual([command, expect.any(Number), '']);
        expect(status).toBeLessThan(2);
      }
    },
    4 * hangs,
  );

  test(
    'of 900,000 blanks that are shown',
    () => {
      const reason = `CHG-1042${' '.repeat(900_000)}approved`;
      const ksn = { enforcement: 'undefined', enabled: false };
      const exceptions = [{ rule: 'ksn-enforcement-undefined', reason }];
      const folder = folderWith({ [own]: policy({ ksn, exceptions }) });
      const args = ['validate', '--show-excepted', '--format', 'markdown'];
      const { status, stdout } = spawnSync(process.execPath, [bin, ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      expect(stdout).toContain('approved');
    },
    hangs,
  );

  test('keeps its mark and its line ends when it is fixed', () => {
    const text = `\ufeff${JSON.stringify(policy(), null, '\t')
      .replace('"Workstations",', '"Workstations", // why\n\t"regions": ["DE",],')
      .replaceAll('\n', '\r\n')}\r\n`;
    const folder = folderWith({ [own]: text });
    validate(folder, ['--fix']);
    expect(read(folder, own)).toBe(text.replace('"DE",]', '"DE"]'));
  });

  test('is left alone by fixing where it can’t be read', () => {
    const contents: Record<string, Uint8Array> = {
      'utf16.kea-policy.json': utf16(`\ufeff${JSON.stringify(policy())}`),
      'latin.kea-policy.json': Buffer.from('{"name":"M\u00fcnchen",}', 'latin1'),
      'large.kea-policy.json': Buffer.from(`${sized(1024 * KiB)},`),
      'deep.kea-policy.json': Buffer.from(`${levels(100, '[', ']').slice(0, -1)},}`),
      'empty.kea-policy.json': Buffer.alloc(0),
    };
    const folder = folderWith(contents);
    expect(validate(folder, ['--fix']).status).toBe(1);
    for (const [path, bytes] of Object.entries(contents)) {
      expect(readFileSync(join(folder, path)).equals(bytes), path).toBe(true);
    }
  });
});

// What the file system may hold by the name of a policy; a Windows has neither links nor pipes like these.
describe.skipIf(process.platform === 'win32')('what is no file', () => {
  const unreadable = (folder: string, args: readonly string[] = []): string[] =>
    validate(folder, args).findings.map(({ path, rule }) => `${path} ${rule}`);

  test('a folder by the name of a policy is looked into or reported, and the others are judged', () => {
    const folder = folderWith({ [other]: policy() });
    mkdirSync(join(folder, own));
    expect(unreadable(folder)).toEqual([`${own} document-unreadable`]);
  });

  test('a link that leads nowhere', () => {
    const folder = folderWith({ [other]: policy() });
    symlinkSync('nowhere', join(folder, own));
    expect(unreadable(folder)).toEqual([`${own} document-unreadable`]);
    expect(unreadable(folder, [own])).toEqual([`${own} document-unreadable`]);
  });

  test('a link that leads to itself, and folders that lead to each other', () => {
    const folder = folderWith({ [`in/${other}`]: policy() });
    symlinkSync(own, join(folder, own));
    symlinkSync('..', join(folder, 'in/up'));
    symlinkSync('in', join(folder, 'again'));
    symlinkSync('round', join(folder, 'round'));
    expect(unreadable(folder)).toEqual([`${own} document-unreadable`]);
    expect(validate(folder).summary.files).toBe(2);
  });

  test(
    'a pipe, which nobody writes to',
    () => {
      const folder = folderWith({ [other]: policy() });
      execFileSync('mkfifo', [join(folder, own)]);
      expect(validate(folder, [own]).findings.map(({ rule }) => rule)).toEqual(['document-unreadable']);
      const { status, found } = validate(folder);
      expect([status, found.length]).toEqual([found.length ? 1 : 0, found.length]);
    },
    hangs,
  );

  test(
    'a config, a text of the catalogue and a .gitignore that are pipes',
    () => {
      const folder = folderWith({
        [own]: policy(),
        'in/b.kea-policy.json': policy({ name: 'B' }),
        'in/kea-policy.config.json': {
          statements: [{ version: 'S', texts: [{ language: 'en', file: 'text.txt' }] }],
        },
      });
      for (const path of [config, 'in/text.txt', '.gitignore']) execFileSync('mkfifo', [join(folder, path)]);
      const { found } = validate(folder);
      expect(found).toContain(`${config} document-unreadable`);
      expect(found).toContain('in/kea-policy.config.json config-text-missing');
    },
    hangs,
  );

  test('a link out of the project is not followed', () => {
    const outside = folderWith({
      [own]: policy({ status: 'no' }),
      'in/c.kea-policy.json': policy({ status: 'no' }),
    });
    const folder = folderWith({ [other]: policy() });
    symlinkSync(join(outside, own), join(folder, own));
    symlinkSync(join(outside, 'in'), join(folder, 'in'));
    expect(validate(folder)).toMatchObject({ status: 0, summary: { files: 1 } });
  });
});

describe('a hostile config', () => {
  const judged = (text: string): string[] => {
    const folder = folderWith({ [config]: text });
    const path = `${'a'.repeat(60)}/${'a'.repeat(60)}/`;
    put(
      folder,
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${path}${i}.kea-policy.json`, policy()])),
    );
    const { findings, stderr, status } = validate(folder, ['--allow-empty']);
    expect(stderr).toBe('');
    expect(status).toBeLessThan(2);
    return [...new Set(findings.filter((finding) => finding.path === config).map(({ rule }) => rule))];
  };
  const ignoring = (globs: string): string => `{"ignore":[${globs}]}`;

  test.each<[string, string, string[]]>([
    ['stars', ignoring(list(200, () => `"${'*a'.repeat(249)}b"`)), []],
    ['double stars', ignoring(list(200, () => `"${'**/'.repeat(166)}b"`)), []],
    ['stars in braces in stars', ignoring(list(200, () => `"${'{*a,*'.repeat(70)}${'}*'.repeat(70)}"`)), []],
    ['double stars by the megabyte', ignoring(`"${'**/'.repeat(300_000)}b"`), ['invalid-value']],
    ['braces that open', ignoring(`"${'{'.repeat(500_000)}"`), ['invalid-value']],
    ['300,000 alternatives', ignoring(`"{${'a,'.repeat(300_000)}b}"`), ['invalid-value']],
    ['2,000 overrides', `{"overrides":[${list(2_000, () => '{"files":["**/*a*b"],"agents":[]}')}]}`, []],
    [
      '50,000 rules that there are not, in an override',
      `{"overrides":[{"files":["a"],"rules":{${list(50_000, (i) => `"u${i}":"off"`)}}}]}`,
      ['unknown-property'],
    ],
    [
      '20,000 texts out of its folder',
      `{"statements":[{"version":"S","texts":[${list(20_000, () => '{"language":"en","file":"../../etc/passwd"}')}]}]}`,
      ['config-text-missing'],
    ],
    [
      'texts that are no files',
      `{"statements":[{"version":"S","texts":[${[
        '/dev/zero',
        'C:/a',
        '..',
        '.',
        'a\\\\b',
        '//host/a',
        '\\u0000',
      ]
        .map((file) => `{"language":"en","file":"${file}"}`)
        .join()}]}]}`,
      ['config-text-missing'],
    ],
    [
      '"__proto__"',
      '{"__proto__":{"rules":{"json-syntax":"off"}},"rules":{"__proto__":"off"}}',
      ['unknown-property'],
    ],
    ['200,000 levels', '['.repeat(200_000), ['document-limits']],
    ['2 MiB', ' '.repeat(2 * 1024 * KiB), ['document-limits']],
    ['null', 'null', ['invalid-value']],
    ['nothing', '', ['json-syntax']],
  ])(
    'of %s',
    (_what, text, rules) => {
      expect(judged(text)).toEqual(rules);
    },
    2 * hangs,
  );
});
