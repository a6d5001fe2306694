import * as vscode from 'vscode';

const offered = new Set<string>();

/** Offers the language once for a policy that was opened as plain JSON, by a file association or by hand. */
export function registerJsonOffer(): vscode.Disposable {
  const look = (document: vscode.TextDocument | undefined): void => {
    if (!document || !/^jsonc?$/.test(document.languageId)) return;
    const language = languageFor(document.uri.path);
    if (!language || offered.has(document.uri.toString())) return;
    offered.add(document.uri.toString());
    void offer(document, language);
  };
  look(vscode.window.activeTextEditor?.document);
  return vscode.window.onDidChangeActiveTextEditor((editor) => look(editor?.document));
}

function languageFor(path: string): string | undefined {
  if (path.endsWith('.kea-policy.json')) return 'kea-policy';
  return path.endsWith('/kea-policy.config.json') ? 'kea-policy-config' : undefined;
}

async function offer(document: vscode.TextDocument, language: string): Promise<void> {
  const use = vscode.l10n.t('Open as KEA Policy');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('This file is open as plain JSON: its shape is checked, but not the KSN rules.'),
    use,
  );
  if (chosen === use) await vscode.languages.setTextDocumentLanguage(document, language);
}
