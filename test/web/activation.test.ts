import * as vscode from 'vscode';

const id = 'kea-policy.kea-policy-vscode';

describe('activation on the web', () => {
  it('comes with the first policy file that is opened', async () => {
    if (vscode.env.uiKind !== vscode.UIKind.Web) throw new Error('this is no browser');
    if (vscode.extensions.getExtension(id)?.isActive !== false) throw new Error(`${id} is not waiting`);
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
  const end = Date.now() + 20_000;
  while (!vscode.extensions.getExtension(id)?.isActive) {
    if (Date.now() > end) throw new Error(`${id} was not activated within 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
