import * as vscode from 'vscode';

/**
 * Says something about the server, and offers what helps: the button that is chosen runs its command.
 * @param say shows a message with buttons of these labels
 * @param commands of `keaPolicy.*`, in the order of the buttons
 */
export async function offerHelp(
  say: (...labels: string[]) => Thenable<string | undefined>,
  commands: readonly ('restartServer' | 'showOutput' | 'reportIssue')[],
): Promise<void> {
  const labels = {
    restartServer: vscode.l10n.t('Restart Server'),
    showOutput: vscode.l10n.t('Show Output'),
    reportIssue: vscode.l10n.t('Report Issue…'),
  };
  const chosen = await say(...commands.map((command) => labels[command]));
  const command = commands.find((each) => labels[each] === chosen);
  if (command) await vscode.commands.executeCommand(`keaPolicy.${command}`);
}
