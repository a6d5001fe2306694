import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** An esbuild plug-in that leaves out of the rules their documentation, which only other bundles show. */
export const rulesWithoutDocs = {
  name: 'rules without docs',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/]\w+[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: withoutDocs(await readFile(path, 'utf8'), path),
      loader: 'ts',
    }));
  },
};

/**
 * An esbuild plug-in for what starts again and again, or has a user waiting: leaves out the documentation of rules,
 * loads what says how a file is wrong with the first file that is, and takes Node's SHA-256 for the portable one.
 * @param {{to: string}} bundle the bundle being made
 */
export const slim = ({ to }) => ({
  name: 'slim',
  setup(build) {
    rulesWithoutDocs.setup(build);
    build.onResolve({ filter: /\/generated\/shape-errors$/ }, ({ path }) => ({
      path,
      namespace: 'shape-errors',
    }));
    build.onResolve({ filter: /./, namespace: 'shape-errors' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: 'shape-errors' }, () => ({
      contents: loadedWithTheFirstFault(
        to.includes('/lazy/') ? './shape-errors.js' : './lazy/shape-errors.js',
      ),
    }));
    const sha256 = fileURLToPath(new URL('node-sha256.mjs', import.meta.url));
    build.onResolve({ filter: /^@noble\/hashes\// }, () => ({ path: sha256 }));
  },
});

// The validators that say what is wrong are as large as all the rest, and most runs find nothing wrong.
const loadedWithTheFirstFault = (file) => `
  const lazy = (shape) => {
    const validate = (value) => {
      const actual = require('${file}')[shape];
      const valid = actual(value);
      validate.errors = actual.errors;
      return valid;
    };
    return validate;
  };
  export const policy = lazy('policy');
  export const device = lazy('device');
  export const config = lazy('config');
`;

/** The text of a rule without its `docs`, and with what is only made for them marked as free of effects. */
export function withoutDocs(text, path) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const edits = [];
  const mark = (node) => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isCallExpression(node))
      edits.push({ start: node.getStart(), end: node.getStart(), text: '/* @__PURE__ */ ' });
    ts.forEachChild(node, mark);
  };
  const strip = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'docs') {
      edits.push({
        start: node.getFullStart(),
        end: text[node.end] === ',' ? node.end + 1 : node.end,
        text: '',
      });
    } else ts.forEachChild(node, strip);
  };
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const { initializer } of statement.declarationList.declarations) {
      const isRule =
        initializer && ts.isCallExpression(initializer) && initializer.expression.getText() === 'rule';
      if (isRule) strip(initializer);
      else if (initializer) mark(initializer);
    }
  }
  let result = '';
  let done = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}
