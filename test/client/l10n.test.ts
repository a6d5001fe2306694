import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { clientSources, expectedBundle, isTranslated, textsOf, writtenBundle } from '../../scripts/l10n.mjs';

/** Members whose text the user sees, in objects handed to VS Code and in objects of VS Code. */
const shownMembers = new Set([
  'title',
  'label',
  'prompt',
  'placeHolder',
  'placeholder',
  'detail',
  'description',
  'tooltip',
  'message',
  'text',
  'name',
]);
/** Functions whose arguments the user sees. */
const shownBy =
  /(^|\.)(show(Information|Warning|Error)Message|showQuickPick|showInputBox|setStatusBarMessage|createWebviewPanel|appendText|TreeItem|sayDone|sayStopped)$/;
/** The product's own name is the same in every language. */
const brand = 'KEA Policy';

interface Stray {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Texts that the user would see and no translator could reach. */
function strays(path: string, source: ts.SourceFile): Stray[] {
  const found: Stray[] = [];
  const note = (node: ts.Node, text: string): void => {
    const words = text.replaceAll(/\$\([\w-]+\)/g, '');
    if (!/\p{L}/u.test(words) || words === brand) return;
    found.push({ path, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, text });
  };
  const shown = (node: ts.Node): void => {
    if (isTranslated(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      note(node, node.text);
    }
    // what is compared, looked up or called is not shown
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText(source))) return;
    if (ts.isConditionalExpression(node)) {
      shown(node.whenTrue);
      shown(node.whenFalse);
      return;
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isElementAccessExpression(node)) return;
    if (ts.isPropertyAssignment(node)) {
      if (ts.isArrowFunction(node.initializer)) shown(node.initializer.body);
      return;
    }
    ts.forEachChild(node, shown);
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      shownBy.test(node.expression.getText(source))
    ) {
      const isPanel = node.expression.getText(source).endsWith('createWebviewPanel');
      (isPanel ? node.arguments?.slice(1, 2) : node.arguments)?.forEach(shown);
    }
    if (ts.isPropertyAssignment(node) && shownMembers.has(node.name.getText(source))) shown(node.initializer);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      shownMembers.has(node.left.name.text)
    ) {
      shown(node.right);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile('example.ts', text, ts.ScriptTarget.Latest, true);

describe('the check itself', () => {
  test.each([
    ["vscode.window.showInformationMessage('Hello');", 'Hello'],
    ["vscode.window.showInputBox({ prompt: 'A name' });", 'A name'],
    ["item.description = due ? 'due' : '';", 'due'],
    ['item.tooltip = `Path: ${path}`;', 'Path: '],
    ["vscode.window.showInputBox({ validateInput: () => 'too short' });", 'too short'],
  ])('sees what is not translated: %s', (text, stray) => {
    expect(strays('example.ts', parse(text)).map((each) => each.text)).toEqual([stray]);
  });

  test.each([
    "vscode.window.showInformationMessage(vscode.l10n.t('Hello'));",
    "item.description = kind === 'policy' ? vscode.l10n.t('policy') : '';",
    'item.text = `$(check) ${words}`;',
    "item.name = 'KEA Policy';",
    "vscode.window.showWarningMessage(text, { modal: true, detail: vscode.l10n.t('Why') });",
  ])('lets pass what is: %s', (text) => {
    expect(strays('example.ts', parse(text))).toEqual([]);
  });

  test('wants texts as they stand', () => {
    expect(() => textsOf({ path: 'a.ts', source: parse('vscode.l10n.t(words);') })).toThrow('a.ts:1');
  });
});

test('nothing that the extension says stands outside l10n', () => {
  const all = clientSources();
  expect(all.length).toBeGreaterThan(10);
  expect(all.flatMap(({ path, source }) => strays(path, source))).toEqual([]);
});

test('l10n/bundle.l10n.json is what node scripts/l10n.mjs makes', () => {
  expect(writtenBundle()).toBe(expectedBundle());
});
