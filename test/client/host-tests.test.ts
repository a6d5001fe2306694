import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { desktopArguments } from '../vscode/desktop.mjs';

const root = join(import.meta.dirname, '../..');
const testsEntry = join(root, 'test/vscode/mocha.cjs');
const folder = mkdtempSync(join(tmpdir(), 'kea-host-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Calls the entry as VS Code does; gives what its promise came to, and the counts that it wrote. */
function run(name: string, test: string): { outcome: string; counts: unknown } {
  const file = join(folder, `${name}.cjs`);
  const counts = join(folder, `${name}.json`);
  writeFileSync(file, test);
  const said = { tests: [file], report: join(folder, 'report.txt'), counts };
  const { stdout } = spawnSync(
    process.execPath,
    [
      '-e',
      `require(${JSON.stringify(testsEntry)}).run().then(() => console.log('resolved'), () => console.log('rejected'))`,
    ],
    { encoding: 'utf8', env: { ...process.env, KEA_HOST_RUN: JSON.stringify(said) } },
  );
  return { outcome: stdout.trim(), counts: JSON.parse(readFileSync(counts, 'utf8')) as unknown };
}

test.each([
  ['passing', "it('passes', () => {});", 'resolved', { passed: 1, failed: 0 }],
  ['failing', "it('fails', () => { throw new Error('no'); });", 'rejected', { passed: 0, failed: 1 }],
  ['absent', '', 'rejected', { passed: 0, failed: 0 }],
])('the entry of the host tests tells VS Code of %s tests', (name, source, outcome, counts) => {
  expect(run(name, source)).toEqual({ outcome, counts });
});

test('a desktop VS Code gets the workspace, the extension and that entry, and trusts only what it is to trust', () => {
  const options = { open: ['/w'], tests: testsEntry, data: '/d', extensions: '/x', trusted: true };
  const args = desktopArguments(options);
  expect(args[0]).toBe('/w');
  expect(args).toContain(`--extensionDevelopmentPath=${root}`);
  expect(args).toContain(`--extensionTestsPath=${testsEntry}`);
  expect(args).toContain('--disable-workspace-trust');
  expect(desktopArguments({ ...options, trusted: false })).not.toContain('--disable-workspace-trust');
});
