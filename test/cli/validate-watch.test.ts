import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { onChange } from '../../server/src/cli/lazy/watch';
import { bin, folderWith, policy, put, unaccepted } from './command';

/** `kea-policy` at work in a folder, and what it has said so far. */
function started(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  const until = async (condition: () => boolean): Promise<void> => {
    for (let tries = 0; !condition(); tries++) {
      if (tries > 1200) throw new Error(`never happened; ${said.stdout} ${said.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const runs = (): number => said.stderr.split('validated again').length - 1;
  /** How often it has validated again, once nothing more comes of what was done. */
  const rested = async (): Promise<number> => {
    for (let tries = 0; tries < 20; tries++) {
      const before = runs();
      await new Promise((resolve) => setTimeout(resolve, 800));
      if (runs() === before) return before;
    }
    throw new Error(`does not come to rest; ${said.stderr}`);
  };
  return { child, said, until, rested };
}

test.skipIf(process.platform === 'win32')(
  '--watch validates again on every change, until it is interrupted',
  async () => {
    const statements = [{ version: 'S', texts: [{ language: 'en', file: './texts/s.txt' }] }];
    const folder = folderWith({
      'kea-policy.config.json': { statements },
      'a.kea-policy.json': policy(),
      'texts/s.txt': 'x',
    });
    const args = [
      'validate',
      '--watch',
      '--format',
      'compact',
      '--format',
      'json=out.json',
      '--cache',
      'cache',
    ];
    const { child, said, until, rested } = started(folder, args);
    try {
      await until(() => said.stderr.includes('watching for changes'));
      expect(said.stdout).toBe('');
      put(folder, { 'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }) });
      await until(() => said.stdout.includes('b.kea-policy.json'));
      put(folder, { 'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'warning' } } });
      await until(() => said.stdout.includes('warning ksn-acceptance-required'));
      put(folder, { 'kea-policy.config.json': { statements } });
      await until(() =>
        said.stdout.includes('error ksn-acceptance-required', said.stdout.lastIndexOf('warning')),
      );
      rmSync(join(folder, 'texts/s.txt'));
      await until(() => said.stdout.includes('config-text-missing'));
      const before = await rested(); // its own report and cache do not start it again
      // Nor does a file that output is led to, which would never come to an end.
      put(folder, { 'log.txt': said.stdout });
      expect(await rested()).toBe(before);
    } finally {
      child.kill('SIGINT');
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')(
  '--watch validates again when a file that an option names has changed',
  async () => {
    const folder = folderWith({
      'strict.json': {},
      list: 'a.kea-policy.json\n',
      'a.kea-policy.json': unaccepted(),
      'b.kea-policy.json': unaccepted({ name: 'b', administrationGroup: 'B' }),
    });
    const args = [
      'validate',
      '--watch',
      '--format',
      'compact',
      '--config',
      'strict.json',
      '--files-from',
      'list',
    ];
    const { child, said, until } = started(folder, args);
    try {
      await until(() => said.stderr.includes('watching for changes'));
      expect(said.stdout).not.toContain('b.kea-policy.json');
      put(folder, { list: 'b.kea-policy.json\n' });
      await until(() => said.stdout.includes('b.kea-policy.json'));
      put(folder, { 'strict.json': { rules: { 'ksn-acceptance-required': 'info' } } });
      await until(() => said.stdout.includes('info ksn-acceptance-required'));
    } finally {
      child.kill('SIGINT');
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  },
);

test('what is written while the files are first read has changed', async () => {
  const folder = folderWith({ 'a.kea-policy.json': policy() });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const since = Date.now();
  put(folder, { 'b.kea-policy.json': policy({ name: 'b' }) });
  const seen: string[] = [];
  const concerns = (path: string): boolean => path.endsWith('.json') && seen.push(basename(path)) > 0;
  const changed = vi.fn(() => Promise.resolve());
  const stop = await onChange([folder], concerns, changed, since);
  try {
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce(), 60_000);
    expect(seen).toEqual(['b.kea-policy.json']);
  } finally {
    await stop();
  }
});
