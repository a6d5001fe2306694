import * as vscode from 'vscode';
import type { Server } from '../server';
import { filesInWords, inWords } from './counts';
import { notAnswered } from './server-edit';

/** Commands about the whole project. */
export function registerProjectCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('keaPolicy.validateProject', () => validate(server)),
    vscode.commands.registerCommand('keaPolicy.applySafeFixes', () => applySafeFixes(server)),
  );
}

async function validate(server: Server): Promise<void> {
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Validating KEA policies…') },
    () => server.ask('keaPolicy/validate', {}),
  );
  if (!answer) return notAnswered();
  const { files, counts, excepted, undecided } = answer;
  const parts = [
    vscode.l10n.t(
      '{0} validated: {1}.',
      filesInWords(files),
      inWords(counts) || vscode.l10n.t('no problems'),
    ),
    ...(excepted > 0
      ? [
          excepted === 1
            ? vscode.l10n.t('1 finding is covered by an exception.')
            : vscode.l10n.t('{0} findings are covered by exceptions.', excepted),
        ]
      : []),
    ...(undecided > 0
      ? [
          undecided === 1
            ? vscode.l10n.t(
                '1 policy could not be judged fully: the config does not say which Statement the plug-in or the agents carry.',
              )
            : vscode.l10n.t(
                '{0} policies could not be judged fully: the config does not say which Statement the plug-in or the agents carry.',
                undecided,
              ),
        ]
      : []),
  ];
  const show = vscode.l10n.t('Show Problems');
  const chosen = await vscode.window.showInformationMessage(parts.join(' '), show);
  if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function applySafeFixes(server: Server): Promise<void> {
  const answer = await server.ask('keaPolicy/fixAll', {});
  if (!answer) return notAnswered();
  if (!answer.edit) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing that could be fixed safely.'));
    return;
  }
  const applied = await server.apply(answer.edit);
  void vscode.window.showInformationMessage(
    applied
      ? vscode.l10n.t(
          'Safe fixes are applied in {0}; no device does anything else than before. Undo takes them back.',
          filesInWords(answer.files),
        )
      : vscode.l10n.t('The safe fixes could not be applied.'),
  );
}
