// The host tests, bundled for the extension host, row by row.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { hostSuites } from './host-suites.mjs';
import { root } from './workspace.mjs';

const sources = join(import.meta.dirname, 'suite');
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
