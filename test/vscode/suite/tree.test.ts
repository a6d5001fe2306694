import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, api, at, leave, open, shown, treeItems, until } from './editor';

describe('the view “KEA Policies”', () => {
  let tree: vscode.TreeDataProvider<unknown>;
  before(async () => {
    ({ tree } = await api());
    await until('the tree has documents', async () => (await treeItems(tree)).size > 20);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('keaPolicy.viewByGroup');
    await vscode.commands.executeCommand('keaPolicy.clearFilter');
    await leave();
  });

  /** The item whose path of labels ends so, once it says this: the tree rests after each answer, and comes after. */
  const labelled = (end: string, description = /(?:)/) =>
    until(`${end} says ${description.source}`, async () => {
      const items = await treeItems(tree);
      const path = [...items.keys()].find((each) => each.endsWith(end));
      const item = path === undefined ? undefined : items.get(path)!.item;
      return item && description.test(String(item.description ?? '')) && item;
    });

  it('shows groups, their policies and devices, each with its state in words', async () => {
    const policy = await labelled('/APAC/Singapore/Singapore', /blocked.*1 error/);
    assert.match(policy.accessibilityInformation!.label, /Singapore, policy, KSN blocked/);
    await labelled('/APAC/Singapore/Singapore/SIN-WS-001');
  });

  it('shows rows below a policy that lead into the file, with what can be done there', async () => {
    const row = await labelled('/EMEA servers/KSN usage', /off/);
    assert.match(row.contextValue!, /\benable\b/);
    assert.equal(row.command?.command, 'keaPolicy.openPlace');
    await vscode.commands.executeCommand(row.command.command, ...(row.command.arguments as unknown[]));
    const editor = await shown(at('emea/servers.kea-policy.json'));
    await until('its value is selected', () => editor.document.getText(editor.selection) === 'false');
    for (const label of ['Enforcement', 'KSN Statement', 'KSN proxy', 'Problems'])
      await labelled(`/EMEA servers/${label}`);
  });

  it('offers at a policy what its rows offer, and says of it all that a narrow side bar cuts', async () => {
    const policy = await labelled('/Singapore/Singapore', /blocked/);
    assert.equal(policy.contextValue, 'policy disable undefine proxyOn accept');
    assert.equal(
      policy.tooltip,
      [
        'Singapore',
        'Managed devices/APAC/Singapore',
        'apac/singapore.kea-policy.json',
        `KSN: ${String(policy.description)}`,
      ].join('\n'),
    );
    const device = await labelled('/Singapore/SIN-WS-001');
    assert.match(device.contextValue!, /^device (enable|disable) proxyO\w+ accept$/);
  });

  it('makes a policy in the group on which that is asked for', async () => {
    const group = await until('the group', async () =>
      [...(await treeItems(tree))].find(([path]) => path.endsWith('/APAC/Singapore')),
    );
    const asked = await answering(
      () => 'Kiosks',
      () => vscode.commands.executeCommand('keaPolicy.newPolicy', group[1].node),
    );
    assert.deepEqual(
      asked.map(({ question }) => question),
      ['New policy in Managed devices/APAC/Singapore'],
    );
    const { uri } = vscode.window.activeTextEditor!.document;
    assert.match(uri.path, /\/apac\/kiosks\.kea-policy\.json$/);
    await labelled('/Singapore/Kiosks');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri);
  });

  it('can be laid out by state and by file', async () => {
    await vscode.commands.executeCommand('keaPolicy.viewByState');
    await labelled('/Blocked/Singapore');
    await labelled('/Can’t be read/nested.kea-policy.json');
    await vscode.commands.executeCommand('keaPolicy.viewByFile');
    await labelled('/apac/singapore.kea-policy.json', /blocked/);
    await labelled('estate/baseline.kea-policy.json');
  });

  it('keeps itself current', async () => {
    const editor = await open('emea/servers.kea-policy.json');
    const range = new vscode.Range(0, 0, editor.document.lineCount, 0);
    const text = editor.document.getText().replace('EMEA servers', 'EMEA servers, renamed');
    assert.ok(await editor.edit((edit) => edit.replace(range, text)));
    await until('the new name is in the tree', async () =>
      [...(await treeItems(tree)).keys()].some((path) => path.endsWith('/EMEA servers, renamed')),
    );
  });

  it('takes in a policy that is made by command, and lets it go with its file', async () => {
    const end = '/Nomads';
    const isThere = async () => [...(await treeItems(tree)).keys()].some((path) => path.endsWith(end));
    await open('baseline.kea-policy.json');
    await answering(
      (question) => (question.includes('1 of 2') ? 'Nomads' : 'Managed devices/EMEA/Notebooks'),
      () => vscode.commands.executeCommand('keaPolicy.newPolicy'),
    );
    const { uri } = vscode.window.activeTextEditor!.document;
    await until('the new policy is in the tree', isThere);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri);
    await until('it is gone', async () => !(await isThere()));
  });

  it('lets a policy go whose file is deleted while it is open', async () => {
    const uri = at('emea/fleeting.kea-policy.json');
    const text = new TextEncoder().encode(
      JSON.stringify({
        kind: 'policy',
        name: 'Fleeting',
        administrationGroup: 'Managed devices/EMEA',
        status: 'inactive',
        ksn: {},
      }),
    );
    const isThere = async () =>
      [...(await treeItems(tree)).keys()].some((path) => path.endsWith('/Fleeting'));
    await vscode.workspace.fs.writeFile(uri, text);
    await until('it is in the tree', isThere);
    await vscode.window.showTextDocument(uri);
    await vscode.workspace.fs.delete(uri);
    await until('it is gone', async () => !(await isThere()));
  });

  it('orders groups and policies as people do', async () => {
    const files = ['G10', 'G2', 'G1'].map((name) => ({
      name,
      uri: at(`laboratory/${name}.kea-policy.json`),
    }));
    for (const { name, uri } of files) {
      const text = {
        kind: 'policy',
        name,
        administrationGroup: `Managed devices/Laboratory/${name}`,
        ksn: {},
      };
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(text)));
    }
    const shown = async (end: RegExp) => {
      const found = [...(await treeItems(tree)).keys()].flatMap((path) => end.exec(path)?.[1] ?? []);
      return found.length === 3 && found;
    };
    try {
      assert.deepEqual(await until('the groups', () => shown(/\/Laboratory\/(G\d+)$/)), ['G1', 'G2', 'G10']);
      await vscode.commands.executeCommand('keaPolicy.viewByFile');
      assert.deepEqual(await until('the files', () => shown(/\/laboratory\/(G\d+)\.kea-policy\.json$/)), [
        'G1',
        'G2',
        'G10',
      ]);
    } finally {
      for (const { uri } of files) await vscode.workspace.fs.delete(uri);
    }
  });

  it('gives every item an id of its own', async () => {
    const items = [...(await treeItems(tree)).values()].map(({ item }) => item.id);
    assert.ok(items.every((each) => each !== undefined));
    assert.equal(new Set(items).size, items.length);
  });
});
