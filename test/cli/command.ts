import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach } from 'vitest';

/** The built bin, as a user starts it. */
export const bin = resolve('server/bin/kea-policy.js');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with files in it (values are laid out as JSON), which is gone after the test. */
export function folderWith(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kea-policy-cli-')));
  folders.push(folder);
  put(folder, files);
  return folder;
}

/** Writes files below a folder; text and bytes as they are, other values as JSON. */
export function put(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, path), plain ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

interface Options {
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
}

/** Runs `kea-policy` in a folder, with no terminal anywhere. */
export function run(
  cwd: string,
  args: readonly string[],
  { input, env }: Options = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    input: input ?? '',
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: process.env.PATH, ...env },
  });
}

/** What a finding looks like in `--format json`, as far as tests look at it. */
export interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  readonly pointer: string;
  readonly fingerprint: string;
  readonly excepted: boolean;
}

/** Runs `validate --format json` and reads what it says. */
export function validate(cwd: string, args: readonly string[] = [], options: Options = {}) {
  const result = run(cwd, ['validate', '--format', 'json', ...args], options);
  if (result.stdout === '') throw new Error(`exit ${result.status}: ${result.stderr}`);
  const { summary, findings } = JSON.parse(result.stdout) as {
    summary: Record<string, number>;
    findings: JsonFinding[];
  };
  return {
    status: result.status,
    stderr: result.stderr,
    summary,
    findings,
    /** Path and rule of each finding, in order. */
    found: findings.map(({ path, rule }) => `${path} ${rule}`),
  };
}

/** A policy in order, with KSN off; members over it. */
export function policy(members: object = {}): object {
  return {
    formatVersion: 1,
    kind: 'policy',
    name: 'Workstations',
    administrationGroup: 'Managed devices',
    ksn: { enforcement: 'enforce', enabled: false },
    ...members,
  };
}

/** A policy with one error: KSN is on and nothing is accepted. */
export function unaccepted(members: object = {}): object {
  return policy({ ksn: { enforcement: 'enforce', enabled: true }, ...members });
}
