import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, api, at, finding, leave, until, type Asked } from './editor';

const offer = /^This file is open as plain JSON/;

/** Opens a file as JSON in an editor, as a file association would; resolves to what is asked then. */
async function openAsJson(uri: vscode.Uri, answer: string | undefined): Promise<Asked[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const json = await vscode.languages.setTextDocumentLanguage(document, 'json');
  return answering(
    () => answer,
    async () => {
      // the extension hears of the editor before this does, for it listened first
      const heard = new Promise<void>((resolve) => {
        const listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
          if (editor?.document.uri.toString() !== uri.toString()) return;
          listening.dispose();
          resolve();
        });
      });
      await vscode.window.showTextDocument(json);
      await heard;
    },
  );
}

describe('a policy that is opened as JSON', () => {
  before(api);
  afterEach(leave);

  const languageOf = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).languageId;

  it('is offered the language, once, and stays JSON where nobody wants it', async () => {
    const uri = at('apac/apac.kea-policy.json');
    const asked = await openAsJson(uri, undefined);
    assert.deepEqual(
      asked.filter(({ question }) => offer.test(question)).map(({ choices }) => choices),
      [['Open as KEA Policy']],
    );
    assert.equal(await languageOf(uri), 'json');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await openAsJson(uri, undefined), []);
  });

  it('becomes a policy by the offer', async () => {
    const uri = at('apac/singapore.kea-policy.json');
    await openAsJson(uri, 'Open as KEA Policy');
    await until('the language', async () => (await languageOf(uri)) === 'kea-policy');
    await finding(uri, 'ksn-acceptance-required');
  });

  it('or a config', async () => {
    const uri = at('kea-policy.config.json');
    await openAsJson(uri, 'Open as KEA Policy');
    await until('the language', async () => (await languageOf(uri)) === 'kea-policy-config');
  });

  it('is offered nothing where it is some other JSON', async () => {
    const uri = at('package.json');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{}'));
    try {
      assert.deepEqual(await openAsJson(uri, undefined), []);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
