import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const windows = process.platform === 'win32';
const running = new Set();

/**
 * Runs a Node.js program to its end, in a process group of its own, of which nothing is left afterwards.
 * @param {readonly string[]} args the script, relative to the root, and its arguments
 * @param {object} [options]
 * @param {number} [options.minutes] after which it is ended; 10 where not given
 * @param {boolean} [options.quiet] keeps what it writes off the terminal
 * @returns {Promise<{code: number | null, output: string, timedOut: boolean}>} `code` is null where a signal
 *   ended it; `output` is standard output and error together
 */
export function runNode(args, { minutes = 10, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      detached: !windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let timedOut = false;
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (!quiet) to.write(text);
      });
    }
    let lastWord;
    const timer = setTimeout(() => {
      timedOut = true;
      // first a chance to end what it started in groups of their own
      end(child, 'SIGTERM');
      lastWord = setTimeout(end, 5000, child, 'SIGKILL');
    }, minutes * 60_000);
    child.once('error', reject);
    // what outlives the program would hold its pipes open for ever
    child.once('exit', () => end(child, 'SIGKILL'));
    child.once('close', (code) => {
      clearTimeout(timer);
      clearTimeout(lastWord);
      running.delete(child);
      resolve({ code, output, timedOut });
    });
  });
}

/** npm with these arguments, as `runNode` takes them. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  if (script === undefined) throw new Error('Run this through npm: `npm start`, `npm test`.');
  return [script, ...args];
}

function end(child, signal) {
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // all of it has ended already
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) end(child, 'SIGTERM');
    process.exit(1);
  });
}
