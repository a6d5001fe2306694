import { createHash } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderWith, policy, put, read, run, unaccepted } from './command';

let folder: string;
const output = (...args: string[]): string => {
  const { stdout, stderr } = run(folder, ['validate', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  return stdout;
};
const missed = (): number => {
  const { stderr } = run(folder, ['validate', '--cache', 'c', '--stats']);
  return Number(/(\d+) document\(s\) were not in the cache/.exec(stderr)![1]);
};
/** Makes all files look old: what was changed just now is not kept, since it may change again unnoticed. */
const ages = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3_100));
/** Lets all documents say that they were changed in so many hours. */
function changedIn(hours: number): void {
  const time = new Date(Date.now() + hours * 3_600_000);
  for (const path of ['a', 'b', 'broken', 'x/c'])
    utimesSync(join(folder, `${path}.kea-policy.json`), time, time);
}

/** A cache that is well in order, but made by another version. */
function ofAnotherRelease(text: string): string {
  const body = text
    .slice(text.indexOf('\n') + 1, -1)
    .replace(/"made":"kea-policy \S+/, '"made":"kea-policy 9.9.9');
  return `${createHash('sha256').update(body).digest('hex')}\n${body}\n`;
}

beforeEach(() => {
  folder = folderWith({
    'kea-policy.config.json': {},
    'a.kea-policy.json': unaccepted({ name: 'a', administrationGroup: 'A' }),
    'b.kea-policy.json': policy({ name: 'b', administrationGroup: 'A/B', regions: ['US'] }),
    'broken.kea-policy.json': '{',
    'x/c.kea-policy.json': policy({ name: 'c', administrationGroup: 'A/C', plugin: { version: '3.16' } }),
  });
});

describe('--cache', () => {
  test('never changes the answer, and spares reading what is unchanged', async () => {
    const plain = output();
    changedIn(1);
    expect(output('--cache', 'c')).toBe(plain);
    expect(missed()).toBe(4);
    changedIn(0);
    await ages();
    expect(output('--cache', 'c')).toBe(plain);
    expect(missed()).toBe(1); // what is not in order is read every time
    expect(output('--cache', 'c')).toBe(plain);
    expect(output('--cache', 'c', '--jobs', '3')).toBe(plain);
  });

  test('sees every change: of content, of size, new files, files that are gone, the config', async () => {
    await ages();
    output('--cache', 'c');
    const kept = statSync(join(folder, 'c')).mtimeMs;
    expect(missed()).toBe(1);
    expect(statSync(join(folder, 'c')).mtimeMs).toBe(kept);
    const path = join(folder, 'a.kea-policy.json');
    const { atime, mtime } = statSync(path);
    put(folder, { 'a.kea-policy.json': read(folder, 'a.kea-policy.json').replace('true', 'null') });
    utimesSync(path, atime, mtime); // same size, same time of change as far as anybody may set it
    expect(output('--cache', 'c')).toBe(output());
    put(folder, { 'n.kea-policy.json': unaccepted({ name: 'n', administrationGroup: 'A' }) });
    expect(output('--cache', 'c')).toBe(output());
    put(folder, { 'kea-policy.config.json': { ignore: ['x'], rules: { 'ksn-region-restricted': 'error' } } });
    expect(output('--cache', 'c')).toBe(output());
  });

  test('a file that was changed just before it was read is not kept', () => {
    changedIn(1); // however long this takes
    output('--cache', 'c');
    expect(missed()).toBe(4);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length >> 1)],
    ['changed by a letter', (text: string) => text.replace('A/B', 'A/X')],
    ['empty', () => ''],
    ['of another release', ofAnotherRelease],
  ])('that is %s is as good as none', async (_what, damage) => {
    await ages();
    const plain = output('--cache', 'c');
    expect(missed()).toBe(1);
    put(folder, { c: damage(read(folder, 'c')) });
    expect(output('--cache', 'c')).toBe(plain);
    expect(missed()).toBe(1);
  });

  test('keeps what it knows of other parts, and has a place of its own where none is given', async () => {
    await ages();
    run(folder, ['validate', 'a.kea-policy.json', '--cache']);
    expect(read(folder, '.kea-policy-cache')).toContain('A/C');
  });

  test.each(['notes\n', '{"projects": {}}\n'])('is not written over another file: %j', async (notes) => {
    await ages();
    put(folder, { notes });
    const result = run(folder, ['validate', '--format', 'json', '--cache', 'notes']);
    expect(result).toMatchObject({ status: 1, stdout: output() });
    expect(result.stderr).toBe(
      'kea-policy: the cache cannot be written: it is there and is no cache of kea-policy, so it is left as it is\n',
    );
    expect(read(folder, 'notes')).toBe(notes);
  });

  test('that cannot be written is said, and changes nothing else', () => {
    put(folder, { file: '' });
    const result = run(folder, ['validate', '--format', 'json', '--cache', 'file/c']);
    expect(result).toMatchObject({ status: 1, stdout: output() });
    expect(result.stderr).toMatch(/^kea-policy: the cache cannot be written: /);
  });
});
