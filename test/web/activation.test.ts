import * as vscode from 'vscode';

const id = 'kea-policy.kea-policy-vscode';

describe('a virtual workspace with policies', () => {
  it('activates the extension, at the latest by opening one', async () => {
    if (vscode.env.uiKind !== vscode.UIKind.Web) throw new Error('this is no browser');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder === undefined) throw new Error('there is no workspace');
    const file = vscode.Uri.joinPath(folder.uri, 'baseline.kea-policy.json');
    const document = await vscode.workspace.openTextDocument(file);
    if (document.languageId !== 'kea-policy') throw new Error(`its language is ${document.languageId}`);
    await activated();
  });

  it('shows what is found in files that are not open, and all of them in the tree', async () => {
    const singapore = at('apac/singapore.kea-policy.json');
    await until('a finding', () =>
      vscode.languages
        .getDiagnostics(singapore)
        .some(({ code }) => typeof code === 'object' && code.value === 'ksn-acceptance-required'),
    );
    const { tree } = vscode.extensions.getExtension<{ tree: vscode.TreeDataProvider<unknown> }>(id)!.exports;
    await until('the tree', async () => ((await tree.getChildren()) ?? []).length > 0);
  });

  it('sees a file that is new', async () => {
    const file = at('new.kea-policy.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{ "kind": "policy" }'));
    await until('it is found', () => vscode.languages.getDiagnostics(file).length > 0);
  });

  it('switches and takes back', async () => {
    const boston = at('americas/boston.kea-policy.json');
    const document = await vscode.workspace.openTextDocument(boston);
    await vscode.window.showTextDocument(document);
    const before = document.getText();
    await vscode.commands.executeCommand('keaPolicy.disableKsn', boston);
    if (!document.getText().includes('"enabled": false')) throw new Error('KSN is not disabled');
    await vscode.commands.executeCommand('undo');
    if (document.getText() !== before) throw new Error('undo did not take it back');
  });
});

function at(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

/** Ends when the extension is active by itself: nothing here activates it. */
function activated(): Promise<void> {
  return until(`${id} is active`, () => vscode.extensions.getExtension(id)?.isActive === true);
}

/** Waits until something holds; says what it waited for where that never happens. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
