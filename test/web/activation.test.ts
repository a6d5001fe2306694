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

  it('shows what is found in a file that nobody has opened', async () => {
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'new.kea-policy.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{ "kind": "policy" }'));
    await until('it is found', () => vscode.languages.getDiagnostics(file).length > 0);
  });
});

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends when the extension is active by itself: nothing here activates it. */
const activated = (): Promise<void> =>
  until(`${id} is active`, () => vscode.extensions.getExtension(id)?.isActive === true);
