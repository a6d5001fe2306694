import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faces, floors, pureVscodePackages, sharedWithClient } from './floors.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths from the root with `/`, so that they read alike on every system. */
const fromRoot = (path) => relative(root, path).split(sep).join('/');
const folderIn = (path) => /^server\/src\/([^/]+)\//.exec(path)?.[1];
const floorOf = (folder) => floors.findIndex((folders) => folders.includes(folder));

/**
 * What is wrong with an import, in words; `undefined` where it is fine.
 * @param {string} file path of the importing file from the root, with `/`
 * @param {string} specifier as it stands in the import
 */
function objection(file, specifier) {
  const target = specifier.startsWith('.') ? fromRoot(resolve(root, dirname(file), specifier)) : undefined;
  return file.startsWith('client/') ? clientObjection(target) : serverObjection(file, specifier, target);
}

function clientObjection(target) {
  if (!target?.startsWith('server/') || `${target}.ts` === sharedWithClient) return undefined;
  return `The extension holds no policy logic: of the server it may import ${sharedWithClient} alone, not ${target}.`;
}

function serverObjection(file, specifier, target) {
  const folder = folderIn(file);
  // the entries beside the folders put everything together
  if (folder === undefined) return undefined;
  const floor = floorOf(folder);
  if (floor < 0) return `server/src/${folder} is on no floor: give it one in scripts/lint/floors.mjs.`;
  if (target === undefined) return faces.includes(folder) ? undefined : worldObjection(specifier);
  if (target.startsWith('client/')) return 'The server knows nothing of the extension.';
  if (!target.startsWith('server/src/')) return undefined;
  const other = folderIn(`${target}/`);
  const below = floorOf(other);
  // what lies on no floor (an entry) is above them all
  if (other === folder || (below >= 0 && below < floor)) return undefined;
  return `${folder} is on floor ${floor + 1} and imports only from the floors below it, not ${target}.`;
}

function worldObjection(specifier) {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const worldly =
    specifier.startsWith('node:') ||
    builtinModules.includes(name) ||
    (name.startsWith('vscode') && !pureVscodePackages.includes(name));
  return worldly
    ? `The floors below the faces run in Node, a worker and a browser alike: no ${specifier} here; hand it in from outside.`
    : undefined;
}

/** ESLint's rule: imports lead only downward, and only the faces know the outside world. */
export const onlyDownward = {
  meta: { type: 'problem', schema: [], docs: { description: 'imports lead only to floors below' } },
  create(context) {
    const file = fromRoot(context.filename);
    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      const message = objection(file, source.value);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
