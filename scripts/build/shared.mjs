import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';

// The extension for the desktop and the one for the web are the same but for how the server is started. The .vsix
// holds what they share once: the bundle for the web gives its modules away under this name.
const shared = 'shared';
const namespace = 'shared';
const asked = Symbol('resolved by this plug-in');

/**
 * An esbuild plug-in for a bundle that takes modules from another one, which it loads at run time.
 * @param {string} file the other bundle, as `require` finds it from this one
 * @param {ReadonlySet<string>} inputs what the other one contains, absolute
 * @param {Set<string>} taken gets the modules that are taken, absolute
 */
export function takesFrom(file, inputs, taken) {
  return {
    name: 'takes-from',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === asked || kind === 'entry-point') return undefined;
        if (path === file) return { path, external: true };
        const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: asked });
        if (found.external || !inputs.has(found.path)) return found;
        taken.add(found.path);
        return { path: nameOf(found.path), namespace };
      });
      build.onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(file)}).${shared}[${JSON.stringify(path)}];`,
        resolveDir: resolve('.'),
      }));
    },
  };
}

/**
 * The entry of the bundle that gives modules away: what its own entry exports, and these.
 * @param {string} entry relative to the root
 * @param {ReadonlySet<string>} taken absolute paths
 * @returns {import('esbuild').StdinOptions}
 */
export async function givingEntry(entry, taken) {
  const paths = [...taken].sort();
  const members = await Promise.all(
    paths.map(async (path, index) => {
      // a CommonJS module as it is, for a namespace made of it would lack what TypeScript's own imports look for
      const isCommonJs = /\.c?js$/.test(path) && /\bexports\b/.test(await readFile(path, 'utf8'));
      const name = JSON.stringify(nameOf(path));
      const from = JSON.stringify(`./${relative('.', path)}`);
      return isCommonJs
        ? { head: '', member: `get ${name}() { return require(${from}); }` }
        : { head: `import * as m${index} from ${from};`, member: `${name}: m${index}` };
    }),
  );
  return {
    contents: `
      export * from ${JSON.stringify(`./${entry}`)};
      ${members.map(({ head }) => head).join('\n')}
      export const ${shared} = { ${members.map(({ member }) => member).join(',\n')} };`,
    resolveDir: resolve('.'),
    loader: 'js',
  };
}

/** What `metafile` calls the stand-ins for what is taken; they are sources of the other bundle. */
export const isStandIn = (input) => input.startsWith(`${namespace}:`);

const nameOf = (path) => relative('.', path).replaceAll('\\', '/');
