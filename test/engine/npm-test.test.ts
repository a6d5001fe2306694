import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asOne, closingLine, grammarLines, vitestCounts } from '../../scripts/test/counts.mjs';
import { chosen, steps } from '../../scripts/test/steps.mjs';
import { verdict } from '../../scripts/test/verdict.mjs';

const suite = { name: 'host', minutes: 1, counts: closingLine };
const ended = (code: number | null, output = '', timedOut = false) => ({ code, output, timedOut });

describe('what a step is worth', () => {
  test.each([
    ['passed', ended(0, 'x\n12 passed, 0 failed\n'), [12, 0]],
    ['failed', ended(1, '11 passed, 1 failed\n'), [11, 1]],
    ['told of an earlier part first', ended(0, '1 passed, 5 failed\nagain\n6 passed, 0 failed\n'), [6, 0]],
    ['coloured', ended(0, '\u001b[32m2 passed, 0 failed\u001b[39m\n'), [2, 0]],
    ['gave no counts', ended(0, 'all fine'), [0, 1]],
    ['ran nothing', ended(0, '0 passed, 0 failed'), [0, 1]],
    ['crashed after its tests', ended(134, '7 passed, 0 failed'), [7, 1]],
    ['was killed', ended(null, '7 passed, 0 failed'), [7, 1]],
    ['hung after its tests', ended(null, '7 passed, 0 failed', true), [7, 1]],
    ['spoke of counts within a line', ended(0, 'expected 3 passed, 0 failed here'), [0, 1]],
  ])('a suite that %s', (_, end, counts) => {
    const results = verdict(suite, end);
    const sum = (what: 'passed' | 'failed') => results.reduce((total, result) => total + result[what], 0);
    expect([sum('passed'), sum('failed')]).toEqual(counts);
  });

  test('a step without counts is one test', () => {
    expect(verdict({ name: 'lint', minutes: 1, counts: asOne }, ended(0))).toMatchObject([
      { passed: 1, failed: 0 },
    ]);
    expect(verdict({ name: 'lint', minutes: 1, counts: asOne }, ended(1))).toMatchObject([
      { passed: 0, failed: 1 },
    ]);
  });

  test('grammar tests are counted by file', () => {
    const output = '✓ a.kea-policy.json run successfuly.\n✖ b.kea-policy.json failed\n  at 3:4\n';
    expect(grammarLines({ name: 'grammar', output })).toEqual([{ suite: 'grammar', passed: 1, failed: 1 }]);
  });
});

describe("vitest's report", () => {
  const file = (name: string, status: string, ...tests: string[]) => ({
    name: resolve('test', name),
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  });

  test('is told by folder; a file that could not run is a failure, a skipped test is nothing', () => {
    const report = [
      file('rules/a.test.ts', 'passed', 'passed', 'passed', 'skipped'),
      file('rules/b.test.ts', 'failed', 'passed', 'failed'),
      file('cli/c.test.ts', 'failed'),
    ];
    expect(vitestCounts({ suites: ['rules', 'cli'] }, report)).toEqual([
      { suite: 'rules', passed: 3, failed: 1 },
      { suite: 'cli', passed: 0, failed: 1 },
    ]);
  });

  test('that is missing is a failure of every suite', () => {
    const step = { name: 'vitest', minutes: 1, counts: () => vitestCounts({ suites: ['rules', 'cli'] }, []) };
    expect(verdict(step, ended(0)).map(({ failed }) => failed)).toEqual([1, 1]);
  });
});

describe('--only', () => {
  test('takes steps and suites of vitest by name', () => {
    expect(chosen(['cli', 'lint']).map(({ name }) => name)).toEqual(['lint', 'vitest']);
    expect(chosen(['cli'])[0]?.run.slice(-2)).toEqual(['--project', 'cli']);
    expect(chosen([])).toBe(steps);
  });

  test('refuses a name that it does not know, and lists the ones it does', () => {
    expect(() => chosen(['clii'])).toThrow(/no such suite: clii; there are lint, /);
  });
});
