import * as vscode from 'vscode';
import type { Server } from '../server';

const issues = 'https://github.com/kea-policy/kea-policy/issues/new';

/** Commands about the extension itself. */
export function registerServerCommands(
  server: Server,
  output: vscode.LogOutputChannel,
  context: vscode.ExtensionContext,
): vscode.Disposable {
  const { version } = context.extension.packageJSON as { version: string };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('keaPolicy.restartServer', async () => {
      if (server.isRunning) await server.client.stop();
      await server.client.start();
      void vscode.window.setStatusBarMessage(
        vscode.l10n.t('The KEA Policy language server is running again.'),
        5000,
      );
    }),
    vscode.commands.registerCommand('keaPolicy.showOutput', () => output.show()),
    vscode.commands.registerCommand('keaPolicy.reportIssue', async () => {
      // Nothing of the workspace goes into the report: what is in the output, the user copies if they want to.
      const body = [
        vscode.l10n.t('Extension {0}, {1} {2}', version, vscode.env.appName, vscode.version),
        vscode.l10n.t('What happened, and what did you expect?'),
      ].join('\n\n');
      await vscode.env.openExternal(vscode.Uri.parse(`${issues}?body=${encodeURIComponent(body)}`));
    }),
    vscode.commands.registerCommand('keaPolicy.openWalkthrough', () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#start`,
        false,
      ),
    ),
  );
}
