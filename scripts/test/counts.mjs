// How many tests a step ran, read from what it left: a list of {suite, passed, failed, note?}.
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

/** The whole step is one test. */
export function asOne({ name, code }) {
  return [{ suite: name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }];
}

/** The step closes with `N passed, N failed`. */
export function closingLine({ name, output }) {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed\s*$/gm)].at(-1);
  if (last === undefined) return [{ suite: name, passed: 0, failed: 0, note: 'gave no counts' }];
  return [{ suite: name, passed: Number(last[1]), failed: Number(last[2]) }];
}

/** Every grammar test is a file, told of in a line. */
export function grammarLines({ name, output }) {
  const count = (pattern) => output.match(pattern)?.length ?? 0;
  // (sic)
  const passed = count(/ run successfuly\.$/gm);
  return [{ suite: name, passed, failed: count(/ (?:failed|aborted due to an error)$/gm) }];
}

export const vitestReport = 'out/vitest.json';

/** Takes away an older report, so that it can't pass for one of this run. */
export function forgetVitestReport() {
  rmSync(vitestReport, { force: true });
}

/** Vitest's report, by the folder below test/; a file that could not run is one failed test. */
export function vitestCounts({ suites }, testResults = readReport()) {
  const counts = new Map(suites.map((suite) => [suite, { suite, passed: 0, failed: 0 }]));
  for (const { name, status, assertionResults } of testResults) {
    const count = counts.get(relative('test', name).split(/[\\/]/)[0]);
    const failed = assertionResults.filter((test) => test.status === 'failed').length;
    count.passed += assertionResults.filter((test) => test.status === 'passed').length;
    count.failed += status === 'failed' ? Math.max(failed, 1) : failed;
  }
  return [...counts.values()];
}

function readReport() {
  try {
    return JSON.parse(readFileSync(vitestReport, 'utf8')).testResults;
  } catch {
    return [];
  }
}
