import * as vscode from 'vscode';
import type { EditAction } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { offerHelp } from '../help';

/** Asks the server for an edit and applies it; says why where there is none. Resolves to whether it was applied. */
export async function edit(server: Server, uri: vscode.Uri, action: EditAction): Promise<boolean> {
  const answer = await server.ask('keaPolicy/edit', { uri: uri.toString(), action });
  if (!answer) {
    notAnswered();
    return false;
  }
  if (!answer.ok) {
    void vscode.window.showWarningMessage(answer.message);
    return false;
  }
  return server.apply(answer.edit);
}

/** Says that the server did not answer, and offers what helps; what went wrong is in the output. */
export function notAnswered(): void {
  const text = vscode.l10n.t('The KEA Policy language server did not answer. Its output says more.');
  void offerHelp(
    (...labels) => vscode.window.showWarningMessage(text, ...labels),
    ['showOutput', 'restartServer'],
  );
}
