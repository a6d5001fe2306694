import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, at, finding, leave, noFinding, open, placeOf, until } from './editor';

const singapore = 'apac/singapore.kea-policy.json';
const text = (hovers: vscode.Hover[]): string =>
  hovers
    .flatMap(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value)))
    .join('\n');

describe('language features', () => {
  before(api);
  afterEach(leave);

  it('explain a member by a hover that is not trusted', async () => {
    const { document } = await open(singapore);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, '"enabled"', 2),
    );
    assert.match(text(hovers), /KSN/);
    for (const { contents } of hovers) {
      for (const each of contents) assert.notEqual((each as vscode.MarkdownString).isTrusted, true);
    }
  });

  it('complete values, and never one that accepts', async () => {
    const { document } = await open(singapore);
    const items = async (words: string, after: number) =>
      (
        await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          placeOf(document, words, after),
        )
      ).items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    const enforcement = await items('"enforce"', 1);
    assert.ok(
      enforcement.some((label) => label.includes('undefined')),
      enforcement.join(),
    );
    const accepted = await items('"accepted": false', '"accepted": '.length);
    assert.ok(!accepted.some((label) => label === 'true'), accepted.join());
  });

  it('put what is in force above the policy', async () => {
    const { document } = await open(singapore);
    const lenses = await until('code lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return found.length > 0 && found;
    });
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => title.includes('Parent: APAC')),
      titles.join(),
    );
    assert.ok(
      titles.some((title) => title.includes('not accepted')),
      titles.join(),
    );
  });

  it('fix a finding by a quick fix', async () => {
    const { document } = await open(singapore);
    const found = await finding(document.uri, 'ksn-acceptance-required');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const titles = actions.map(({ title }) => title);
    const disable = actions.find(({ title }) => title.includes('Disable KSN'));
    assert.ok(disable?.edit, titles.join());
    // the acceptance is no edit here: it leads to the review
    const consent = actions.find(({ kind }) => kind?.value.includes('consent'));
    assert.equal(consent?.command?.command, 'keaPolicy.reviewStatement', titles.join());
    assert.equal(consent?.edit, undefined);
    assert.ok(await vscode.workspace.applyEdit(disable.edit));
    await noFinding(document.uri, 'ksn-acceptance-required');
  });

  it('rename an administration group in all files', async () => {
    const { document } = await open(singapore);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      placeOf(document, 'Managed devices/APAC/Singapore', 'Managed devices/APAC/Si'.length),
      'Singapore-1',
    );
    const files = edit.entries().map(([uri]) => uri.path.split('/').at(-1));
    assert.ok(files.includes('singapore.kea-policy.json'), files.join());
    assert.ok(files.includes('kea-policy.config.json'), files.join());
  });

  it('lay out a document', async () => {
    const { document } = await open(singapore);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 4, insertSpaces: true },
    );
    assert.ok(edits.length > 0);
  });

  it('stop and start when the language of a document is changed', async () => {
    const { document } = await open(singapore);
    await finding(document.uri, 'ksn-acceptance-required');
    const plain = await vscode.languages.setTextDocumentLanguage(document, 'json');
    assert.equal(plain.languageId, 'json');
    const back = await vscode.languages.setTextDocumentLanguage(plain, 'kea-policy');
    await finding(back.uri, 'ksn-acceptance-required');
  });

  it('follow what is typed, in other files too', async () => {
    const { document } = await open('baseline.kea-policy.json');
    const config = at('kea-policy.config.json');
    await finding(config, 'unknown-property');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'x');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await finding(document.uri, 'json-syntax');
    await vscode.commands.executeCommand('undo');
    await noFinding(document.uri, 'json-syntax');
  });
});
