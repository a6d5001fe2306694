import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activated, extension } from '../activated';
import { shown, until } from '../editor';

describe('a window without policies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kea-host-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

  it('leaves the extension asleep, whatever JSON is opened', async () => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, '{}');
    await vscode.workspace.openTextDocument(file);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(extension().isActive, false);
  });

  it('activates it with the first policy that is opened', async () => {
    const file = join(folder, 'one.kea-policy.json');
    writeFileSync(file, '{ "kind": "policy" }');
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.languageId, 'kea-policy');
    await activated();
  });

  it('names files in results without links, which a window without folders can’t follow', async () => {
    const file = join(folder, 'two.kea-policy.json');
    writeFileSync(
      file,
      '{ "kind": "policy", "name": "Two", "administrationGroup": "Managed devices", "ksn": {} }',
    );
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    await shown(vscode.Uri.file(file));
    await vscode.commands.executeCommand('keaPolicy.showRunbook');
    const text = await until('the runbook', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/Runbook.md')?.getText(),
    );
    assert.match(text, /^From two\.kea-policy\.json\.$/m);
  });
});
