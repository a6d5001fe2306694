import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fixed, fixOf, found, only } from '../harness';

const rule = 'config-text-missing';
const config = 'kea-policy.config.json';
const text = 'PLACEHOLDER\r\n';
const sha256 = createHash('sha256').update(text).digest('hex');
const catalogue = (members: object): Record<string, unknown> => ({
  [config]: { statements: [{ version: 'A', texts: [{ language: 'en', ...members }] }] },
  'statements/a.txt': text,
});

describe(rule, () => {
  test.each([
    ['statements/b.txt', 'does not exist'],
    ['statements', 'is not a regular file'],
    ['../a.txt', 'lies outside'],
    ['/etc/passwd', 'lies outside'],
    ['C:\\a.txt', 'lies outside'],
    ['\\\\server\\share\\a.txt', 'lies outside'],
  ])('%s %s', (file, words) => {
    const files = catalogue({ file });
    const finding = only(rule, files, config);
    expect(finding.anchor).toEqual({ pointer: '/statements/0/texts/0/file', on: 'value' });
    expect(finding.message).toContain(words);
    expect(finding.message).toContain(`"${file}"`);
  });

  test('a text of more than 1 MiB', () => {
    const files = {
      ...catalogue({ file: 'statements/a.txt' }),
      'statements/a.txt': 'x'.repeat(1024 * 1024 + 1),
    };
    expect(only(rule, files, config).message).toContain('larger than 1 MiB');
    expect(found(rule, { ...files, 'statements/a.txt': 'x'.repeat(1024 * 1024) }, config)).toEqual([]);
  });

  test('another hash: of the raw bytes, in either case of letters', () => {
    expect(found(rule, catalogue({ file: 'statements/a.txt', sha256 }), config)).toEqual([]);
    expect(
      found(rule, catalogue({ file: 'statements/a.txt', sha256: sha256.toUpperCase() }), config),
    ).toEqual([]);
    expect(found(rule, catalogue({ file: './statements/a.txt' }), config)).toEqual([]);
    const unix = createHash('sha256').update('PLACEHOLDER\n').digest('hex');
    const files = catalogue({ file: 'statements/a.txt', sha256: unix });
    const finding = only(rule, files, config);
    expect(finding.anchor).toEqual({ pointer: '/statements/0/texts/0/sha256', on: 'value' });
    expect(finding.message).toContain(sha256);
    expect(found(rule, fixed(files, config, fixOf(finding, 'choice')), config)).toEqual([]);
  });

  test('nothing is said of a text without a file, or where file or hash is malformed', () => {
    expect(found(rule, catalogue({ sha256 }), config)).toEqual([]);
    expect(found(rule, catalogue({ file: 7 }), config)).toEqual([]);
    expect(found(rule, catalogue({ file: 'statements/a.txt', sha256: 'abc' }), config)).toEqual([]);
  });
});
