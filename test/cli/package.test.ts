import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kea-policy-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** npm by Node.js itself, where this runs under npm. */
function npm(args: readonly string[], cwd: string): string {
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return execFileSync(program, [...first, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

let files: string[];

beforeAll(() => {
  const [packed] = JSON.parse(npm(['pack', '-w', 'server', '--json', '--pack-destination', folder], '.')) as [
    { filename: string; files: { path: string }[] },
  ];
  files = packed.files.map(({ path }) => path);
  writeFileSync(join(folder, 'package.json'), '{}');
  npm(['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`], folder);
});

test('the npm package holds what it needs and nothing else', () => {
  const kinds = files.map((path) =>
    path.replace(/^(dist|dist\/lazy|schemas)\/[\w.-]+\.(js|json|txt)$/, '$1/*.$2'),
  );
  expect([...new Set(kinds)].sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/kea-policy-language-server.js',
    'bin/kea-policy.js',
    'dist/*.js',
    'dist/*.txt',
    'dist/cli.code-cache',
    'dist/lazy/*.js',
    'dist/lazy/insight.code-cache',
    'dist/lazy/json.code-cache',
    'dist/lazy/shape-errors.code-cache',
    'dist/node.code-cache',
    'package.json',
    'schemas/*.json',
  ]);
});

test('it has no dependencies', () => {
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules/kea-policy/package.json'), 'utf8'),
  ) as object;
  expect(manifest).not.toHaveProperty('dependencies');
});

test('installed by itself into an empty folder, it validates and knows its schemas', () => {
  const bin = join(folder, 'node_modules/.bin/kea-policy');
  const run = (...args: string[]) =>
    spawnSync(bin, args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  expect(run('validate', resolve('examples/estate'))).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(run('schema', 'policy').stdout)).toHaveProperty('$schema');
});
