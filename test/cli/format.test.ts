import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDocument } from '../../server/src/engine/format';
import { bin, folderWith, policy, put, read, run } from './command';

const laidOut = `{
  "kind": "policy",
  "name": "N",
  "administrationGroup": "G",
  "regions": ["DE", "FR"],
  "ksn": {
    "enforcement": "enforce",
    "enabled": false
  }
}
`;
const mixed =
  '{"ksn":{"enabled":false,"enforcement":"enforce"},"regions":[\n"DE",\n"FR"],"administrationGroup":"G","name":"N",   "kind":"policy"}';

describe('formatDocument', () => {
  test('lays out, in the order of the language', () => {
    expect(formatDocument(mixed)).toBe(laidOut);
    expect(formatDocument(laidOut)).toBe(laidOut);
  });

  test.each(['\n', '\r\n', '\r'])('keeps line ends: %j', (end) => {
    expect(formatDocument(laidOut.replaceAll('\n', end).trimEnd())).toBe(laidOut.replaceAll('\n', end));
  });

  test('values keep the way they are written', () => {
    const values = '[1.0, 1E5, -0, 12345678901234567890, "\\u0041\\/", "é"]';
    expect(formatDocument(`{"x":${values}}`)).toBe(`{\n  "x": ${values}\n}\n`);
  });

  test('an array that does not fit into a line has one item a line', () => {
    const groups = Array.from({ length: 6 }, (_, i) => `Managed devices/Group ${i}`);
    const text = formatDocument(JSON.stringify({ administrationGroups: groups }))!;
    expect(text.split('\n')).toHaveLength(groups.length + 5);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test.each([
    '',
    '{',
    '{"a": 1,}',
    '{"a": 1 /* x */}',
    "{'a': 1}",
    '{} {}',
    '[01]',
    '["\u0001"]',
    '{"a": 1, "a": 1}',
    '{"x": [{"b": 1, "b": 2}]}',
    '['.repeat(65) + ']'.repeat(65),
    '['.repeat(200_000),
    `["${'x'.repeat(1024 * 1024)}"]`,
  ])('is not for %#', (text) => {
    expect(formatDocument(text)).toBeUndefined();
  });

  test('changes no value, whatever the document; a second time nothing at all', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, undefined, indent);
        const formatted = formatDocument(text);
        expect(formatted).toBeDefined();
        expect(JSON.parse(formatted!)).toEqual(value);
        expect(formatDocument(formatted!)).toBe(formatted);
      }),
    );
  });

  test('whatever the text: what it lays out is strict JSON of the same value', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      'true',
      ' ',
      '\n',
      '//',
      '\u00a0',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join('');
        const formatted = formatDocument(text);
        if (formatted !== undefined) expect(JSON.parse(formatted)).toEqual(JSON.parse(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('kea-policy format', () => {
  test('writes what is in another layout, and says which files', () => {
    const folder = folderWith({
      'kea-policy.config.json': '{"ignore":["ignored/**"]}',
      'a.kea-policy.json': mixed,
      'b.kea-policy.json': laidOut,
      'ignored/c.kea-policy.json': mixed,
      'other.json': mixed,
    });
    expect(run(folder, ['format'])).toMatchObject({
      status: 0,
      stdout: 'a.kea-policy.json\nkea-policy.config.json\n',
      stderr: '',
    });
    expect(read(folder, 'a.kea-policy.json')).toBe(laidOut);
    expect(read(folder, 'kea-policy.config.json')).toBe('{\n  "ignore": ["ignored/**"]\n}\n');
    expect(read(folder, 'ignored/c.kea-policy.json')).toBe(mixed);
    expect(read(folder, 'other.json')).toBe(mixed);
    expect(run(folder, ['format'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('--check writes nothing, lists the files and exits with 1', () => {
    const folder = folderWith({ 'a.kea-policy.json': mixed, 'b.kea-policy.json': laidOut });
    expect(run(folder, ['format', '--check'])).toMatchObject({
      status: 1,
      stdout: 'a.kea-policy.json\n',
      stderr: '',
    });
    expect(read(folder, 'a.kea-policy.json')).toBe(mixed);
    expect(run(folder, ['format', '--check', 'b.kea-policy.json']).status).toBe(0);
  });

  test('takes the files that validate takes: projects below, nothing that git ignores, what is named outright', () => {
    const folder = folderWith({
      '.git/HEAD': '',
      '.gitignore': 'out/\n',
      'kea-policy.config.json': '{}\n',
      'sub/kea-policy.config.json': '{"ignore":[]}',
      'sub/a.kea-policy.json': mixed,
      'out/b.kea-policy.json': mixed,
      'node_modules/x/c.kea-policy.json': mixed,
    });
    expect(run(folder, ['format', '--check']).stdout).toBe(
      'sub/a.kea-policy.json\nsub/kea-policy.config.json\n',
    );
    expect(run(folder, ['format', '--check', 'out/b.kea-policy.json']).stdout).toBe(
      'out/b.kea-policy.json\n',
    );
    expect(run(folder, ['format', '--check', '--no-gitignore', 'out']).stdout).toBe(
      'out/b.kea-policy.json\n',
    );
  });

  test('a byte order mark and CRLF stay', () => {
    const folder = folderWith({ 'a.kea-policy.json': `\uFEFF${mixed.replaceAll('\n', '\r\n')}` });
    run(folder, ['format']);
    expect(read(folder, 'a.kea-policy.json')).toBe(`\uFEFF${laidOut.replaceAll('\n', '\r\n')}`);
  });

  test('what is not strict JSON or no UTF-8 is left as it is, said, and the rest still done', () => {
    const broken = '{"kind": "policy",}';
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${mixed}`, 'utf16le'));
    const folder = folderWith({
      'a.kea-policy.json': broken,
      'b.kea-policy.json': mixed,
      'c.kea-policy.json': utf16,
    });
    const { status, stdout, stderr } = run(folder, ['format']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'b.kea-policy.json\n' });
    expect(stderr).toMatch(
      /^kea-policy: a\.kea-policy\.json: left as it is.*\nkea-policy: c\.kea-policy\.json: .*UTF-16.*\n$/,
    );
    expect(read(folder, 'a.kea-policy.json')).toBe(broken);
  });

  test('wrong usage, and nothing to do', () => {
    expect(run(folderWith(), ['format', 'nowhere'])).toMatchObject({ status: 2, stdout: '' });
    expect(run(folderWith(), ['format', '--chekc']).stderr).toContain('did you mean --check?');
    expect(run(folderWith(), ['format']).status).toBe(3);
  });

  test.skipIf(process.platform === 'win32')(
    'a disk that is full in the middle of a file loses nothing',
    () => {
      const long = JSON.stringify(policy({ description: 'x'.repeat(20_000) }));
      const folder = folderWith({ 'a.kea-policy.json': long });
      // No file may grow over a few blocks: the write fails when the first part of the file is there.
      const limited = spawnSync(
        'bash',
        ['-c', `ulimit -f 4; trap '' XFSZ; "$0" "$@"`, process.execPath, bin, 'format'],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      expect(limited.status).toBe(2);
      expect(limited.stderr).toContain('a.kea-policy.json: cannot be written');
      expect(read(folder, 'a.kea-policy.json')).toBe(long);
      expect(readdirSync(folder)).toEqual(['a.kea-policy.json']);
      expect(run(folder, ['format']).status).toBe(0);
      expect(read(folder, 'a.kea-policy.json')).not.toBe(long);
    },
  );

  test.skipIf(process.platform === 'win32')('the mode of a file stays', () => {
    const folder = folderWith();
    put(folder, { 'a.kea-policy.json': mixed });
    spawnSync('chmod', ['640', join(folder, 'a.kea-policy.json')]);
    run(folder, ['format']);
    expect(statSync(join(folder, 'a.kea-policy.json')).mode & 0o777).toBe(0o640);
  });
});
