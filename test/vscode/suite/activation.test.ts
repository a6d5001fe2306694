import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'kea-policy.kea-policy-vscode';

describe('activation', () => {
  it('waits for a policy file', () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `VS Code does not know ${id}`);
    assert.equal(extension.isActive, false);
  });

  it('comes with the first policy file that is opened', async () => {
    const [file] = await vscode.workspace.findFiles('**/*.kea-policy.json', null, 1);
    assert.ok(file, 'the workspace has no policy file');
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.languageId, 'kea-policy');
    await activated();
  });
});

/** Ends when the extension is active by itself: nothing here activates it. */
async function activated(): Promise<void> {
  const end = Date.now() + 20_000;
  while (!vscode.extensions.getExtension(id)?.isActive) {
    assert.ok(Date.now() < end, `${id} was not activated within 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
