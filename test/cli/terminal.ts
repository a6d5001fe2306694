import { spawn } from 'node:child_process';
import { bin } from './command';

/** How a run on a terminal ended: its exit code, and all that a person saw. */
export interface Session {
  readonly status: number;
  readonly screen: string;
}

export type Answer = readonly [question: string, answer: string | undefined | (() => string)];

/**
 * Runs `kea-policy` on a pseudo-terminal (`script` of util-linux) and types answers, each when its question is on
 * the screen.
 * @param answers what a question contains, and what is typed then (or a function that says so, for what happens
 * meanwhile); `undefined` types the end of input
 */
export function onTerminal(
  cwd: string,
  args: readonly string[],
  answers: readonly Answer[],
  env: Readonly<Record<string, string>> = {},
): Promise<Session> {
  const quoted = [process.execPath, bin, ...args].map((part) => `'${part.replaceAll("'", `'\\''`)}'`);
  const child = spawn('script', ['-qec', quoted.join(' '), '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'dumb', SHELL: '/bin/sh', ...env },
  });
  let screen = '';
  let seen = 0;
  const pending = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const [next] = pending;
    if (!next || !screen.slice(seen).includes(next[0])) return;
    seen = screen.length;
    pending.shift();
    const typed = typeof next[1] === 'function' ? next[1]() : next[1];
    child.stdin.write(typed === undefined ? '\x04' : `${typed}\r`);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (pending.length > 0) reject(new Error(`nobody asked "${pending[0]![0]}":\n${screen}`));
      else resolve({ status: status ?? -1, screen: screen.replaceAll('\r\n', '\n') });
    });
  });
}
