// What the tests in the extension host share: the extension, files of the workspace, and answers for dialogs.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const id = 'kea-policy.kea-policy-vscode';

/** What the extension gives to others, as its own sources say. */
interface Api {
  readonly tree: vscode.TreeDataProvider<unknown>;
  readonly view: { readonly message?: string };
}

/** Waits until `look` finds something; says what it waited for where that never happens. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The extension's interface, when it is active by itself: nothing here activates it. */
export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(id);
  assert.ok(extension, `VS Code does not know ${id}`);
  await until(`${id} is active`, () => extension.isActive);
  return extension.exports;
}

/** The address of a file of a workspace folder. */
export function at(path: string, folder = 0): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![folder]!.uri, path);
}

/** Opens a file of the workspace in an editor, which is the active one then. */
export async function open(path: string, folder = 0): Promise<vscode.TextEditor> {
  const uri = at(path, folder);
  await vscode.window.showTextDocument(uri);
  return shown(uri);
}

/** The active editor, once it shows this file. */
export function shown(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return until(`${uri.path} is in front`, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === uri.toString() && editor;
  });
}

/** The ids of the rules that have findings in a file, in their order. */
export function rulesIn(uri: vscode.Uri): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ code }) => {
    return typeof code === 'object' ? String(code.value) : String(code);
  });
}

/** Waits for a finding; resolves to it. */
export function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${uri.path}`, () => {
    const index = rulesIn(uri).indexOf(rule);
    return index >= 0 && vscode.languages.getDiagnostics(uri)[index];
  });
}

/** Waits until a rule has no finding in a file any more. */
export async function noFinding(uri: vscode.Uri, rule: string): Promise<void> {
  await until(`no ${rule} in ${uri.path}`, () => !rulesIn(uri).includes(rule));
}

/** The place of some words in a document, or of what comes `after` characters later. */
export function placeOf(document: vscode.TextDocument, words: string, after = 0): vscode.Position {
  const offset = document.getText().indexOf(words);
  assert.ok(offset >= 0, `${words} is not in ${document.uri.path}`);
  return document.positionAt(offset + after);
}

/** Takes back every unsaved change of the tests and closes all editors. */
export async function leave(): Promise<void> {
  for (const document of unsaved()) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  // VS Code would ask about it, and nobody would answer
  await until('nothing is unsaved', () => unsaved().length === 0);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * What tests have left unsaved. VS Code writes its own settings at a first start, as a document that is unsaved for a
 * moment, too: that is none of theirs.
 */
export function unsaved(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) =>
      isDirty && (uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined),
  );
}

type Answer = (question: string, choices: readonly string[], options: unknown) => unknown;

/** What was asked while answers stood in for the user. */
export interface Asked {
  readonly how: 'message' | 'pick' | 'input';
  readonly question: string;
  readonly detail: string;
  readonly choices: readonly string[];
}

const real = {
  showInformationMessage: vscode.window.showInformationMessage,
  showWarningMessage: vscode.window.showWarningMessage,
  showErrorMessage: vscode.window.showErrorMessage,
  showQuickPick: vscode.window.showQuickPick,
  showInputBox: vscode.window.showInputBox,
};

/**
 * Runs something with answers instead of a user's: `answer` gets the question and the labels of the choices, and
 * gives the label chosen (or several), a text, or `undefined` for Escape.
 */
export async function answering(answer: Answer, run: () => Thenable<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const message = (question: string, ...rest: unknown[]): Promise<unknown> => {
    const options = typeof rest[0] === 'object' ? (rest.shift() as vscode.MessageOptions) : {};
    asked.push({ how: 'message', question, detail: options.detail ?? '', choices: rest as string[] });
    return Promise.resolve(answer(question, rest as string[], options));
  };
  const window = vscode.window as unknown as Record<string, unknown>;
  window['showInformationMessage'] = message;
  window['showWarningMessage'] = message;
  window['showErrorMessage'] = message;
  window['showQuickPick'] = (
    items: readonly (string | vscode.QuickPickItem)[],
    options: vscode.QuickPickOptions,
  ) => {
    const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
    const question = options.title ?? '';
    asked.push({ how: 'pick', question, detail: options.placeHolder ?? '', choices: labels });
    const chosen = answer(question, labels, options);
    const itemOf = (label: unknown) => items[labels.indexOf(String(label))];
    if (chosen === undefined) return Promise.resolve(undefined);
    return Promise.resolve(Array.isArray(chosen) ? chosen.map(itemOf) : itemOf(chosen));
  };
  window['showInputBox'] = (options: vscode.InputBoxOptions) => {
    const question = options.title ?? '';
    asked.push({ how: 'input', question, detail: options.prompt ?? '', choices: [] });
    return Promise.resolve(answer(question, [], options));
  };
  try {
    await run();
  } finally {
    Object.assign(vscode.window, real);
  }
  return asked;
}

/** The label and description of every item below a node of the tree, at any depth, with the path of labels. */
export async function treeItems(
  tree: vscode.TreeDataProvider<unknown>,
): Promise<Map<string, { item: vscode.TreeItem; node: unknown }>> {
  const found = new Map<string, { item: vscode.TreeItem; node: unknown }>();
  const walk = async (parent: unknown, path: string): Promise<void> => {
    for (const node of (await tree.getChildren(parent)) ?? []) {
      const item = await tree.getTreeItem(node);
      const label = typeof item.label === 'string' ? item.label : (item.label?.label ?? '');
      const here = `${path}/${label}`;
      found.set(here, { item, node });
      if (item.collapsibleState !== vscode.TreeItemCollapsibleState.None) await walk(node, here);
    }
  };
  await walk(undefined, '');
  return found;
}
