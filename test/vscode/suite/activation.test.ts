import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from './activated';

describe('a workspace with policies', () => {
  it('activates the extension, with none of them open', async () => {
    const open = vscode.workspace.textDocuments.filter(({ languageId }) =>
      languageId.startsWith('kea-policy'),
    );
    assert.deepEqual(open, []);
    await activated();
  });

  it('has policies and a config in languages of their own', async () => {
    const languageOf = async (name: string) => {
      const [file] = await vscode.workspace.findFiles(name, null, 1);
      assert.ok(file, `the workspace has no ${name}`);
      return (await vscode.workspace.openTextDocument(file)).languageId;
    };
    assert.equal(await languageOf('**/*.kea-policy.json'), 'kea-policy');
    assert.equal(await languageOf('**/kea-policy.config.json'), 'kea-policy-config');
  });
});
