import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { bin, folderWith, policy, put, unaccepted } from './command';

test.skipIf(process.platform === 'win32')(
  '--watch validates again on every change, until it is interrupted',
  async () => {
    const folder = folderWith({ 'kea-policy.config.json': {}, 'a.kea-policy.json': policy() });
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
      const runs = (): number => stderr.split('validated again').length - 1;
      const before = runs();
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(runs()).toBe(before); // its own report and cache do not start it again
    } finally {
      child.kill('SIGINT');
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  },
);
