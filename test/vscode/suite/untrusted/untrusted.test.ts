import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, api, at, finding } from '../editor';

describe('an untrusted workspace', () => {
  it('is one', () => assert.equal(vscode.workspace.isTrusted, false));

  it('gets its findings', async () => {
    await api();
    await finding(at('apac/singapore.kea-policy.json'), 'ksn-acceptance-required');
  });

  it('can be edited', async () => {
    await vscode.commands.executeCommand('keaPolicy.disableKsn', at('apac/singapore.kea-policy.json'));
    const document = await vscode.workspace.openTextDocument(at('apac/singapore.kea-policy.json'));
    assert.equal((JSON.parse(document.getText()) as { ksn: { enabled: boolean } }).ksn.enabled, false);
  });

  it('has no git run in it', async () => {
    const asked = await answering(
      () => 'HEAD',
      () => vscode.commands.executeCommand('keaPolicy.compareWithRevision'),
    );
    assert.deepEqual(
      asked.map(({ question }) => question),
      ['Comparing runs git, and so it waits until you trust this workspace.'],
    );
  });
});
