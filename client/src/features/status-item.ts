import * as vscode from 'vscode';
import type { StatusAnswer } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { inWords } from './counts';

const selector: vscode.DocumentSelector = [{ language: 'kea-policy' }, { language: 'kea-policy-config' }];

/** The language status: config in use, plug-in and Statement, findings. */
export function registerStatusItem(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('keaPolicy.status', selector);
  item.name = 'KEA Policy';
  const refresh = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || vscode.languages.match(selector, document) === 0) return;
    item.busy = true;
    const status = await server.ask('keaPolicy/status', { uri: document.uri.toString() });
    item.busy = false;
    if (status) show(item, server, status);
    else {
      item.text = server.isRunning ? vscode.l10n.t('In no project') : vscode.l10n.t('Server not running');
      item.detail = '';
      item.severity = vscode.LanguageStatusSeverity.Warning;
      item.command = { command: 'keaPolicy.showOutput', title: vscode.l10n.t('Show Output') };
    }
  };
  void refresh();
  return vscode.Disposable.from(
    item,
    server.onDidChange(() => void refresh()),
    vscode.window.onDidChangeActiveTextEditor(() => void refresh()),
  );
}

function show(item: vscode.LanguageStatusItem, server: Server, status: StatusAnswer): void {
  const { counts, plugin, config, configCounts, documents, undecided } = status;
  const problems = inWords(counts);
  item.text = problems === '' ? vscode.l10n.t('No problems in {0} files', documents) : problems;
  item.severity =
    counts.error > 0
      ? vscode.LanguageStatusSeverity.Error
      : counts.warning > 0 || undecided > 0
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  item.detail = [
    plugin
      ? vscode.l10n.t(
          'plug-in {0}, Statement {1}',
          plugin.version ?? '?',
          plugin.statementVersion ?? vscode.l10n.t('not known'),
        )
      : vscode.l10n.t('plug-in not known'),
    ...(undecided > 0 ? [vscode.l10n.t('{0} not fully judged', undecided)] : []),
    ...(configCounts.error > 0 ? [vscode.l10n.t('the config has errors')] : []),
  ].join(' · ');
  item.command = config
    ? { command: 'vscode.open', title: vscode.l10n.t('Open Config'), arguments: [server.uri(config)] }
    : { command: 'keaPolicy.createConfig', title: vscode.l10n.t('Create Config') };
}
