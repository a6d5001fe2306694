import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A program to measure.
 * @typedef {{name: string, command: readonly string[], cwd?: string, check?: (stdout: string, status: number,
 *   stderr: string) => string | undefined, before?: () => void}} Contender `check` says what is wrong with an answer; `before` runs
 *   before each round and is not measured
 * @typedef {{name: string, median: number, least: number, most: number, runs: number}} Measured milliseconds
 */

/**
 * Runs all contenders in turn, several times, so that what slows the machine down slows all of them down.
 * @param {readonly Contender[]} contenders
 * @param {number} rounds the first one on top of these warms caches and is not counted
 * @returns {Measured[]}
 * @throws Error where one of them does not find what it should
 */
export function race(contenders, rounds) {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const took = runOnce(contender);
      if (round > 0) times.get(contender.name).push(took);
    }
  }
  return contenders.map(({ name }) => ({ name, ...summary(times.get(name)) }));
}

function runOnce({ name, command, cwd, check, before }) {
  before?.();
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command[0], command.slice(1), {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const took = performance.now() - start;
  const wrong = error ? error.message : answerOf(() => check?.(stdout, status, stderr));
  if (wrong) throw new Error(`${name}: ${wrong}\n${stderr.slice(0, 2000)}`);
  return took;
}

/** What a check says; an answer that it can't even read is wrong. */
function answerOf(check) {
  try {
    return check();
  } catch (error) {
    return error.message;
  }
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1), runs: sorted.length };
}

/** The most memory that a Node program had, in bytes: the median of some runs. */
export function peakMemory({ name, command, cwd, check }, runs = 3) {
  const file = join(tmpdir(), `kea-policy-bench-memory-${process.pid}`);
  const [node, ...args] = command;
  const peaks = [];
  for (let run = 0; run < runs; run++) {
    const preload = new URL('peak-memory.cjs', import.meta.url).pathname;
    const { stdout, status, stderr } = spawnSync(node, ['--require', preload, ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...process.env, KEA_POLICY_BENCH_MEMORY: file },
    });
    const wrong = check?.(stdout, status);
    if (wrong) throw new Error(`${name}: ${wrong}\n${stderr.slice(0, 2000)}`);
    peaks.push(Number(readFileSync(file, 'utf8')));
  }
  rmSync(file, { force: true });
  return summary(peaks);
}

/** A table of ratios to one of the contenders, with the spread of each. */
export function ratios(measured, yardstick) {
  const unit = measured.find(({ name }) => name === yardstick).median;
  return measured.map(({ name, median, least, most, runs }) => ({
    name,
    ratio: median / unit,
    least: least / unit,
    most: most / unit,
    milliseconds: median,
    runs,
  }));
}
