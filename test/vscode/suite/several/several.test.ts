import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, at, finding, leave, open, treeItems, until } from '../editor';

describe('several folders', () => {
  afterEach(leave);

  it('are projects of their own, side by side in the tree', async () => {
    const { tree } = await api();
    const items = await until('both are in the tree', async () => {
      const found = await treeItems(tree);
      const tops = [...found.keys()].filter((path) => path.split('/').length === 2);
      return tops.length >= 2 && found;
    });
    const tops = [...items.keys()].filter((path) => path.split('/').length === 2);
    assert.ok(tops.includes('/estate') && tops.includes('/estate-in-order'), tops.join());
  });

  it('are judged by their own configs', async () => {
    await finding(at('apac/singapore.kea-policy.json', 0), 'ksn-acceptance-required');
    const { document } = await open('baseline.kea-policy.json', 1);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('take the config of the file that is open', async () => {
    await open('baseline.kea-policy.json', 1);
    await vscode.commands.executeCommand('keaPolicy.createConfig');
    assert.equal(
      vscode.window.activeTextEditor!.document.uri.toString(),
      at('kea-policy.config.json', 1).toString(),
    );
  });
});
