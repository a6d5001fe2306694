import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, policy, run, unaccepted, validate } from './command';

/** An estate with a bit of everything, in more chunks than threads. */
function estate(): string {
  const files: Record<string, unknown> = {
    'kea-policy.config.json': { agents: [{ version: '4.0', statementVersion: 'v1' }] },
    'empty.kea-policy.json': '',
    'binary.kea-policy.json': new Uint8Array([0xff, 0xfe, 0, 1]),
    'broken.kea-policy.json': '{"kind": "policy",',
    'twice.kea-policy.json': '{"kind": "policy", "kind": "policy"}',
  };
  for (let i = 0; i < 800; i++) {
    const members = { name: `p ${i % 1000}`, administrationGroup: `Managed devices/${i % 40}/${i % 700}` };
    files[`${i % 13}/${i}.kea-policy.json`] = i % 11 ? policy(members) : unaccepted(members);
  }
  const folder = folderWith(files);
  symlinkSync('nowhere', join(folder, 'dangling.kea-policy.json'));
  return folder;
}

test('the answer does not depend on the number of threads', () => {
  const folder = estate();
  const output = (...args: string[]) =>
    run(folder, ['validate', '--format', 'json', '--show-excepted', ...args]).stdout;
  const alone = output('--jobs', '1');
  expect(JSON.parse(alone)).toMatchObject({ summary: { files: 806 } });
  for (const jobs of ['2', '5']) expect(output('--jobs', jobs)).toBe(alone);
  expect(output()).toBe(alone);
  expect(run(folder, ['validate', '--jobs', '3', '--stats']).stderr).toContain('read by 3 threads');
});

test('more threads than documents', () => {
  const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
  expect(validate(folder, ['--jobs', '16']).findings).toHaveLength(validate(folder).findings.length);
  expect(run(folderWith(), ['validate', '--jobs', '4']).status).toBe(3);
});
