import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeMade } from './write.mjs';

const program = 'server/dist/cli.js';
const cache = 'server/dist/cli.code-cache';
const example = {
  kind: 'policy',
  name: 'Example',
  administrationGroup: 'Managed devices',
  ksn: { enforcement: 'enforce', enabled: false },
};

/** The program with a last line that names its content: what was compiled is held against that. */
export function named(contents) {
  const name = createHash('sha256').update(contents).digest('hex');
  return Buffer.concat([contents, Buffer.from(`//${name}\n`)]);
}

/**
 * Keeps what V8 compiles when the command line validates a file: compiling that anew is half of a start.
 * bin/kea-policy.js takes it where program and Node.js are the ones that it was made with.
 * @throws Error where the command line that was built does not run
 */
export async function codeCache() {
  const key = `${/\/\/(\w{64})\n$/.exec(await readFile(program, 'utf8'))[1]} ${process.version} ${process.arch}\n`;
  const before = await readFile(cache).catch(() => Buffer.of());
  if (before.subarray(0, key.length).toString() === key) return;
  await writeMade(cache, key); // without code: only so that the program is compiled the way that it will be run
  const folder = await mkdtemp(join(tmpdir(), 'kea-policy-'));
  try {
    await writeFile(join(folder, 'kea-policy.config.json'), '{}\n');
    await writeFile(join(folder, 'example.kea-policy.json'), `${JSON.stringify(example)}\n`);
    const compiled = join(folder, 'compiled');
    const { status, stderr } = spawnSync(
      process.execPath,
      [resolve('scripts/build/warm.cjs'), 'validate', 'example.kea-policy.json'],
      { cwd: folder, env: { ...process.env, KEA_POLICY_COMPILED: compiled }, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the command line does not run: ${stderr}`);
    await writeMade(cache, Buffer.concat([Buffer.from(key), await readFile(compiled)]));
  } catch (error) {
    await rm(cache, { force: true });
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}
