import * as vscode from 'vscode';

/** Says what was done to a file and what comes next: it is not saved yet, and the console knows nothing of it. */
export async function sayDone(uri: vscode.Uri, what: string): Promise<void> {
  const save = vscode.l10n.t('Save');
  const runbook = vscode.l10n.t('Show Runbook');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} Save the file, then carry the change into the console; the runbook lists the steps.',
      what,
    ),
    save,
    runbook,
  );
  if (chosen === save) await (await vscode.workspace.openTextDocument(uri)).save();
  if (chosen === runbook) await vscode.commands.executeCommand('keaPolicy.showRunbook', uri);
}
