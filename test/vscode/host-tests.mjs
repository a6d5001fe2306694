// The host tests, bundled for the extension host, row by row.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { hostSuites } from './host-suites.mjs';
import { root, temporaryFolder } from './workspace.mjs';

const sources = join(import.meta.dirname, 'suite');
/** What VS Code loads as the tests. */
export const testsEntry = join(import.meta.dirname, 'mocha.cjs');

const built = join(root, 'test/artefacts/host');

/**
 * Bundles all host tests.
 * @param {readonly string[]} names rows to run; none means all
 * @returns {Promise<{name: string, row: object, tests: string[]}[]>} the rows, with their tests as files that VS Code can load
 * @throws Error where a row has no tests, a test has no row, or a bundle can't be made
 */
export async function hostRuns(names) {
  const files = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  const homeless = files.find((file) => hostSuites[dirname(file)] === undefined);
  if (homeless !== undefined) throw new Error(`no row of host-suites.mjs is for suite/${homeless}`);
  const unknown = names.find((name) => hostSuites[name] === undefined);
  if (unknown !== undefined) throw new Error(`no row of host-suites.mjs is named ${unknown}`);
  rmSync(built, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: files.map((file) => join(sources, file)),
    outdir: built,
    outbase: sources,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return (names.length > 0 ? names : Object.keys(hostSuites)).map((name) => {
    const tests = files
      .filter((file) => dirname(file) === name)
      .sort()
      .map((file) => join(built, relative('.', file).replace(/\.ts$/, '.cjs')));
    if (tests.length === 0) throw new Error(`there are no tests in test/vscode/suite/${name}`);
    return { name, row: hostSuites[name], tests };
  });
}

/**
 * A way for a run to say how it goes: `env` is for the extension host; `print` then shows mocha's report and gives
 * the counts, undefined where there are none or nothing ran.
 */
export function hostReport({ tests }, grep) {
  const { path } = temporaryFolder();
  const report = join(path, 'report.txt');
  const counts = join(path, 'counts.json');
  return {
    env: { KEA_HOST_RUN: JSON.stringify({ tests, grep, report, counts }) },
    print() {
      if (existsSync(report)) process.stdout.write(readFileSync(report, 'utf8'));
      if (!existsSync(counts)) return undefined;
      const result = JSON.parse(readFileSync(counts, 'utf8'));
      return result.passed + result.failed > 0 ? result : undefined;
    },
  };
}
