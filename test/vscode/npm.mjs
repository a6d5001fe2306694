// npm, as it was started with or as it is on the PATH.
import { spawnSync } from 'node:child_process';

/**
 * Runs npm to its end, unseen.
 * @returns {{status: number | null, output: string}} `output` is standard output and error
 */
export function npm(folder, args, env = {}) {
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const { status, stdout, stderr, error } = spawnSync(program, [...first, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: error === undefined ? `${stdout}${stderr}` : error.message };
}
