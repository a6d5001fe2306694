import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, folderWith, policy, put, unaccepted } from './command';

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
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const until = async (condition: () => boolean): Promise<void> => {
      for (let tries = 0; !condition(); tries++) {
        if (tries > 600) throw new Error(`never happened; ${stdout} ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    try {
      await until(() => stderr.includes('watching for changes'));
      expect(stdout).toBe('');
      put(folder, { 'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }) });
      await until(() => stdout.includes('b.kea-policy.json'));
      put(folder, { 'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'warning' } } });
      await until(() => stdout.includes('warning ksn-acceptance-required'));
      put(folder, { 'kea-policy.config.json': { statements } });
      await until(() => stdout.includes('error ksn-acceptance-required', stdout.lastIndexOf('warning')));
      rmSync(join(folder, 'texts/s.txt'));
      await until(() => stdout.includes('config-text-missing'));
      const runs = (): number => stderr.split('validated again').length - 1;
      const before = runs();
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(runs()).toBe(before); // its own report and cache do not start it again
      // Nor does a file that output is led to, which would never come to an end.
      put(folder, { 'log.txt': stdout });
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(runs()).toBe(before);
    } finally {
      child.kill('SIGINT');
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  },
);
