import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, at, finding, id, rulesIn, until } from './editor';

describe('activation', () => {
  it('comes by itself where there are policies', async () => {
    assert.ok(vscode.extensions.getExtension(id), `VS Code does not know ${id}`);
    await api();
  });

  it('shows findings of files that are not open', async () => {
    await finding(at('apac/singapore.kea-policy.json'), 'ksn-acceptance-required');
    await finding(at('apac/apac.kea-policy.json'), 'ksn-agent-statement-mismatch');
    await finding(at('kea-policy.config.json'), 'unknown-property');
  });

  it('shows in the Problems view what the rule, its page and the related files are', async () => {
    const found = await finding(at('apac/apac.kea-policy.json'), 'ksn-agent-statement-mismatch');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.match(found.message, /212 hosts/);
    assert.ok(
      typeof found.code === 'object' && found.code.target.path.endsWith('ksn-agent-statement-mismatch.md'),
    );
  });

  it('knows the languages by their file names', async () => {
    const languageOf = async (path: string) => (await vscode.workspace.openTextDocument(at(path))).languageId;
    assert.equal(await languageOf('baseline.kea-policy.json'), 'kea-policy');
    assert.equal(await languageOf('kea-policy.config.json'), 'kea-policy-config');
  });

  it('registers every command of its manifest', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension(id)!.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it('takes findings away with their file', async () => {
    const uri = at('emea/gone.kea-policy.json');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{ "kind": "policy" }'));
    await finding(uri, 'missing-property');
    await vscode.workspace.fs.delete(uri);
    await until('its findings are gone', () => rulesIn(uri).length === 0);
  });
});
