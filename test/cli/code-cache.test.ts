import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kea-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const part of ['bin', 'dist']) cpSync(`server/${part}`, join(folder, part), { recursive: true });
const cache = join(folder, 'dist/cli.code-cache');
const whole = readFileSync(cache);

// tells of programs and parts whether they were compiled anew although code was handed in
const spy = join(folder, 'spy.cjs');
writeFileSync(
  spy,
  `const vm = require('node:vm');
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      const name = options.filename.replace(/.*[\\\\/]/, '').replace('.js', '');
      process.stderr.write(name + (this.cachedDataRejected ? ' rejected;' : ' taken;'));
    }
  };`,
);

function run(...flags: string[]): { status: number | null; stdout: string; stderr: string } {
  const args = [...flags, '--require', spy, join(folder, 'bin/kea-policy.js'), 'validate', 'examples/estate'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the code that was compiled with the build', () => {
  const kept = (content: Uint8Array | string): void => writeFileSync(cache, content);

  test('is taken, and gives what compiling gives', () => {
    const taken = run();
    rmSync(cache);
    const compiled = run();
    expect(taken).toEqual({ status: 1, stdout: compiled.stdout, stderr: 'cli taken;shape-errors taken;' });
    expect(compiled).toMatchObject({ status: 1, stderr: '' });
    expect(compiled.stdout).toContain('ksn-acceptance-required');
  });

  test('is passed over by a Node.js that was told to run otherwise', () => {
    kept(whole);
    const { stdout } = run();
    expect(run('--no-opt')).toEqual({ status: 1, stdout, stderr: 'cli rejected;shape-errors rejected;' });
  });

  const end = whole.indexOf('\n');
  test.each([
    ['of another program', Buffer.concat([Buffer.from('x'), whole.subarray(1)]), ''],
    ['of another Node.js', Buffer.from(whole.toString('latin1').replace(/ v\d+/, ' v1'), 'latin1'), ''],
    ['empty', '', ''],
    ['broken off', whole.subarray(0, end + 5000), 'cli rejected;shape-errors taken;'],
  ])('is passed over where it is %s', (_, content, stderr) => {
    rmSync(cache, { force: true });
    const { stdout } = run();
    kept(content);
    expect(run()).toEqual({ status: 1, stdout, stderr });
  });
});

test('a part that a command loads takes its own, and is compiled where that is of another build', () => {
  const effective = (): object => {
    const args = ['--require', spy, join(folder, 'bin/kea-policy.js'), 'effective', 'examples/estate'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).toContain('Decided by');
    return { status, stderr };
  };
  writeFileSync(cache, whole);
  expect(effective()).toEqual({ status: 0, stderr: 'cli taken;insight taken;shape-errors taken;' });
  writeFileSync(join(folder, 'dist/lazy/insight.code-cache'), 'of another build\n');
  expect(effective()).toEqual({ status: 0, stderr: 'cli taken;' });
});

test('does not say where it was built', () => {
  const dist = resolve('server/dist');
  const caches = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /code-cache$/.test(name),
  );
  expect(caches.length).toBeGreaterThan(4);
  expect(caches.filter((name) => readFileSync(join(dist, name)).includes(dist))).toEqual([]);
});

// what it answers then is held by bundles.test.ts
test('the language server takes its own', () => {
  const server = join(folder, 'bin/kea-policy-language-server.js');
  const { status, stderr } = spawnSync(process.execPath, ['--require', spy, server, '--stdio'], {
    encoding: 'utf8',
    input: '',
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'node taken;' });
});
