// What `npm test` runs, as one table, in its order.
import { asOne, closingLine, grammarLines, vitestCounts, vitestReport } from './counts.mjs';
import { suites } from './suites.mjs';

/**
 * `run` is a Node.js program with its arguments; `counts` reads from its end how many tests it ran. The step
 * `before` all others makes what they judge. `after: 'vscode'` waits until the VS Code for the tests is set up,
 * which goes on beside the first steps. The minutes only end what hangs: a machine may be many times slower than the
 * usual one.
 */
export const before = { name: 'build', run: ['esbuild.mjs'], minutes: 15, counts: asOne };

export const setUp = { name: 'vscode', run: ['test/vscode/setup.mjs'], minutes: 60 };

export const steps = [
  { name: 'lint', run: ['node_modules/eslint/bin/eslint.js', '.'], minutes: 20, counts: asOne },
  {
    name: 'format',
    run: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    minutes: 15,
    counts: asOne,
  },
  { name: 'typecheck', run: ['node_modules/typescript/bin/tsc', '--build'], minutes: 15, counts: asOne },
  {
    name: 'vitest',
    suites: suites.map(({ name }) => name),
    run: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
    minutes: 60,
    counts: vitestCounts,
  },
  {
    name: 'grammar',
    run: ['node_modules/vscode-tmgrammar-test/dist/unit.js', 'test/grammar/*.*'],
    minutes: 15,
    counts: grammarLines,
  },
  { name: 'clients', after: 'vscode', run: ['test/clients/run.mjs'], minutes: 30, counts: closingLine },
  { name: 'host', after: 'vscode', run: ['test/vscode/run-host.mjs'], minutes: 90, counts: closingLine },
  {
    // The lowest VS Code that could be had, to hold the lower end of engines.vscode; it sets itself up.
    name: 'host-1.100',
    after: 'vscode',
    run: ['test/vscode/run-host.mjs', '--version', '1.100'],
    minutes: 120,
    counts: closingLine,
  },
  { name: 'ui', after: 'vscode', run: ['test/vscode/run-ui.mjs'], minutes: 90, counts: closingLine },
  { name: 'web', after: 'vscode', run: ['test/vscode/run-web.mjs'], minutes: 30, counts: closingLine },
];

/**
 * The steps that hold these suites; vitest's is narrowed to the named ones.
 * @param {readonly string[]} names of steps or of vitest's suites; none means all
 * @throws Error that lists the names where one is unknown
 */
export function chosen(names) {
  const known = steps.flatMap(({ name, suites = [] }) => [name, ...suites]);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`no such suite: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  if (names.length === 0) return steps;
  return steps.flatMap((step) => {
    if (names.includes(step.name)) return [step];
    const suites = step.suites?.filter((suite) => names.includes(suite)) ?? [];
    if (suites.length === 0) return [];
    return [{ ...step, suites, run: [...step.run, ...suites.flatMap((suite) => ['--project', suite])] }];
  });
}
