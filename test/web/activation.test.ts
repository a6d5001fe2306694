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
});

/** Ends when the extension is active by itself: nothing here activates it. */
async function activated(): Promise<void> {
  const end = Date.now() + 60_000;
  while (!vscode.extensions.getExtension(id)?.isActive) {
    if (Date.now() > end) throw new Error(`${id} was not activated within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
