// What the extension says, for translators: every text that client/src hands to vscode.l10n.t.
//   node scripts/l10n.mjs          writes l10n/bundle.l10n.json
//   node scripts/l10n.mjs --check  ends with 1 where it is not current
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../', import.meta.url));
const bundle = join(root, 'l10n/bundle.l10n.json');
const sources = join(root, 'client/src');

/** The sources of the extension as syntax trees: {path relative to the root, source}. */
export function clientSources() {
  return readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(sources, name), 'utf8');
      return {
        path: `client/src/${name.replaceAll('\\', '/')}`,
        source: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true),
      };
    });
}

/** Whether a node is a call of vscode.l10n.t. */
export function isTranslated(node) {
  return ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t');
}

/**
 * The texts of a syntax tree.
 * @throws Error where one is not written out, so that it could not be translated
 */
export function textsOf({ path, source }) {
  const texts = [];
  const visit = (node) => {
    if (isTranslated(node)) {
      const [text] = node.arguments;
      if (text === undefined || !ts.isStringLiteralLike(text)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        throw new Error(`${path}:${line + 1}: vscode.l10n.t wants a text as it stands, not an expression`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/** The bundle as it should be: each text is its own English translation, in order. */
export function expectedBundle() {
  const texts = new Set(clientSources().flatMap(textsOf));
  return `${JSON.stringify(Object.fromEntries([...texts].sort().map((text) => [text, text])), undefined, 2)}\n`;
}

/** The bundle as it is in the repository; empty where there is none. */
export function writtenBundle() {
  try {
    return readFileSync(bundle, 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const expected = expectedBundle();
  if (!process.argv.includes('--check')) writeFileSync(bundle, expected);
  else if (writtenBundle() !== expected) {
    console.error('l10n/bundle.l10n.json is not current: run node scripts/l10n.mjs');
    process.exitCode = 1;
  }
}
