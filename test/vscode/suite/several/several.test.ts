import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, api, at, finding, leave, open, shown, treeItems, until } from '../editor';

describe('several folders', () => {
  afterEach(leave);

  it('are projects of their own, side by side in the tree', async () => {
    const { tree } = await api();
    await until('both are at the top of the tree', async () => {
      const items = await treeItems(tree);
      return items.has('/estate') && items.has('/estate-in-order');
    });
  });

  it('are judged by their own configs', async () => {
    await finding(at('apac/singapore.kea-policy.json', 0), 'ksn-acceptance-required');
    const { document } = await open('baseline.kea-policy.json', 1);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('are told apart where a command wants one: by their names, and by their place in a folder that is open', async () => {
    await api();
    await finding(at('apac/singapore.kea-policy.json', 0), 'ksn-acceptance-required');
    let options: readonly vscode.QuickPickItem[] = [];
    await answering(
      () => undefined,
      async () => {
        const { showQuickPick } = vscode.window;
        const noting = (items: readonly vscode.QuickPickItem[], ...rest: unknown[]): unknown => {
          options = items;
          return (showQuickPick as (...all: unknown[]) => unknown)(items, ...rest);
        };
        (vscode.window as unknown as Record<string, unknown>)['showQuickPick'] = noting;
        await vscode.commands.executeCommand('keaPolicy.openOverview');
      },
    );
    assert.deepEqual(
      options.map(({ label, description }) => [label, description]),
      [
        ['estate', ''],
        ['tokyo', 'estate/apac/tokyo'],
        ['estate-in-order', ''],
      ],
    );
  });

  it('are left by links from a result to the other folder', async () => {
    await vscode.commands.executeCommand('keaPolicy.showRunbook', at('apac/singapore.kea-policy.json', 1));
    const text = await until('the runbook', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/Runbook.md')?.getText(),
    );
    assert.match(
      text,
      /^From \[apac\/singapore\.kea-policy\.json\]\(\/\.\.\/estate-in-order\/apac\/singapore\.kea-policy\.json\)\.$/m,
    );
  });

  it('have their own config opened by the review of a file, whatever else is open', async () => {
    await open('baseline.kea-policy.json', 1);
    await answering(
      (question, choices) => (/is not known/.test(question) ? choices[0] : undefined),
      () =>
        vscode.commands.executeCommand(
          'keaPolicy.reviewStatement',
          at('laboratory/laboratory.kea-policy.json', 0),
        ),
    );
    await shown(at('kea-policy.config.json', 0));
  });

  it('take the config of the file that is open', async () => {
    await open('baseline.kea-policy.json', 1);
    await vscode.commands.executeCommand('keaPolicy.createConfig');
    await shown(at('kea-policy.config.json', 1));
  });

  it('are opened from the tree with their own config, whatever else is open', async () => {
    const { tree } = await api();
    const node = await until('the project', async () => (await treeItems(tree)).get('/estate')?.node);
    await open('baseline.kea-policy.json', 1);
    await vscode.commands.executeCommand('keaPolicy.createConfig', node);
    await shown(at('kea-policy.config.json', 0));
  });

  it('get a config for the whole project, wherever in it the policy lies', async () => {
    const config = at('kea-policy.config.json', 1);
    const before = await vscode.workspace.fs.readFile(config);
    const found = (): boolean =>
      vscode.languages
        .getDiagnostics()
        .some(([uri, findings]) => uri.path.startsWith(`${at('', 1).path}/`) && findings.length > 0);
    await vscode.workspace.fs.delete(config);
    try {
      await until('it is known that the config is gone', found);
      await open('apac/singapore.kea-policy.json', 1);
      await vscode.commands.executeCommand('keaPolicy.createConfig');
      await shown(config);
    } finally {
      await vscode.workspace.fs.writeFile(config, before);
      await until('all is in order', () => !found());
    }
  });
});
