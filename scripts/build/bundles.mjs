// All bundles, as one table: which source becomes which file, for which side.
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** What a side of the fence asks of esbuild. */
export const sides = {
  node: {
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // the UMD builds that Node's own order would take fail once bundled
    mainFields: ['module', 'main'],
    // `await import()` of a lazy part stays a `require`: the ES module loader costs milliseconds at start
    supported: { 'dynamic-import': false },
  },
  'node extension': {
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode'],
  },
  'web extension': {
    platform: 'browser',
    target: 'es2022',
    format: 'cjs',
    mainFields: ['browser', 'module', 'main'],
    external: ['vscode'],
    define: { global: 'globalThis' },
  },
  worker: {
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    mainFields: ['browser', 'module', 'main'],
    define: { global: 'globalThis' },
  },
};

/**
 * The npm package `kea-policy` lives on server/dist, the extension on dist; neither reaches into the other.
 *
 * `slim` ones shall start fast and leave out what they may load later: see slim.mjs, and code-cache.mjs. A worker is one file, and
 * leaves out alone what nobody reads there (`withoutDocs`).
 *
 * A row with `takesFrom` has no copy of what that other bundle beside it contains: see shared.mjs.
 *
 * A row with `each` stands for every file of a folder: parts of the command line that are loaded only by the
 * command that needs them, by `await import('./lazy/…')`. Such a bundle has its own copy of what it shares
 * with cli.js, so hand it an Io and plain data, never a project or a document (symbols and classes differ).
 */
const shapeErrors = 'server/src/schema/generated/shape-errors.js';
const jsonService = 'server/src/features/json.ts';

const table = [
  { from: 'server/src/cli.ts', to: 'server/dist/cli.js', side: 'node', slim: true },
  { each: 'server/src/cli/lazy', to: 'server/dist/lazy', side: 'node', slimOnes: ['insight'] },
  { from: shapeErrors, to: 'server/dist/lazy/shape-errors.js', side: 'node' },
  { from: 'server/src/node.ts', to: 'server/dist/node.js', side: 'node', slim: true },
  { from: jsonService, to: 'server/dist/lazy/json.js', side: 'node' },
  {
    from: 'client/src/extension.ts',
    to: 'dist/extension.js',
    side: 'node extension',
    takesFrom: 'dist/extension.web.js',
  },
  { from: 'server/src/node.ts', to: 'dist/server.js', side: 'node', slim: true },
  { from: jsonService, to: 'dist/lazy/json.js', side: 'node' },
  { from: shapeErrors, to: 'dist/lazy/shape-errors.js', side: 'node' },
  { from: 'client/src/extension.web.ts', to: 'dist/extension.web.js', side: 'web extension' },
  { from: 'server/src/browser.ts', to: 'dist/server.web.js', side: 'worker', withoutDocs: true },
];

/**
 * The table with its folders read: rows of `from`, `to` (both relative to the root) and `side`.
 * @throws Error where a row's source does not exist
 */
export function bundles() {
  const rows = table.flatMap((row) => (row.each === undefined ? [row] : inFolder(row)));
  const missing = rows.filter(({ from }) => !existsSync(from)).map(({ from }) => from);
  if (missing.length > 0) throw new Error(`no such source: ${[...new Set(missing)].join(', ')}`);
  return rows;
}

function inFolder({ each, to, side, slimOnes }) {
  const names = existsSync(each) ? readdirSync(each).filter((name) => name.endsWith('.ts')) : [];
  return names.sort().map((file) => {
    const name = basename(file, '.ts');
    return { from: `${each}/${file}`, to: `${to}/${name}.js`, side, slim: slimOnes.includes(name) };
  });
}
