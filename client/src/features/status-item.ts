import * as vscode from 'vscode';
import type { StatusAnswer } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { filesInWords, inWords } from './counts';

const selector: vscode.DocumentSelector = [{ language: 'kea-policy' }, { language: 'kea-policy-config' }];

/** The language status: findings; plug-in, Statement and the config in use. */
export function registerStatusItems(server: Server): vscode.Disposable {
  // two short ones: VS Code shows an item on one line, and cuts what is longer
  const findings = vscode.languages.createLanguageStatusItem('keaPolicy.findings', selector);
  findings.name = vscode.l10n.t('KEA Policy: findings');
  const config = vscode.languages.createLanguageStatusItem('keaPolicy.config', selector);
  config.name = vscode.l10n.t('KEA Policy: plug-in and config');
  const refresh = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || vscode.languages.match(selector, document) === 0) return;
    findings.busy = true;
    const status = await server.ask('keaPolicy/status', { uri: document.uri.toString() });
    findings.busy = false;
    if (status) {
      showFindings(findings, status);
      showConfig(config, server, status);
    } else {
      const why = server.isRunning ? vscode.l10n.t('In no project') : vscode.l10n.t('Server not running');
      showNothing(findings, why);
      showNothing(config, vscode.l10n.t('plug-in not known'));
    }
  };
  void refresh();
  return vscode.Disposable.from(
    findings,
    config,
    server.onDidChange(() => void refresh()),
    vscode.window.onDidChangeActiveTextEditor(() => void refresh()),
  );
}

function showNothing(item: vscode.LanguageStatusItem, text: string): void {
  item.text = text;
  item.detail = '';
  item.severity = vscode.LanguageStatusSeverity.Warning;
  item.command = { command: 'keaPolicy.showOutput', title: vscode.l10n.t('Show Output') };
}

function showFindings(item: vscode.LanguageStatusItem, status: StatusAnswer): void {
  const { counts, documents, undecided } = status;
  const problems = inWords(counts);
  item.text = problems || vscode.l10n.t('No problems in {0}', filesInWords(documents));
  item.detail = undecided > 0 ? vscode.l10n.t('{0} not fully judged', undecided) : '';
  item.severity =
    counts.error > 0
      ? vscode.LanguageStatusSeverity.Error
      : counts.warning > 0 || undecided > 0
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  item.command = { command: 'workbench.actions.view.problems', title: vscode.l10n.t('Show Problems') };
}

function showConfig(item: vscode.LanguageStatusItem, server: Server, status: StatusAnswer): void {
  const { plugin, config, configCounts } = status;
  item.text = plugin
    ? vscode.l10n.t(
        'plug-in {0}, Statement {1}',
        plugin.version ?? '?',
        plugin.statementVersion ?? vscode.l10n.t('not known'),
      )
    : vscode.l10n.t('plug-in not known');
  item.detail = configCounts.error > 0 ? vscode.l10n.t('the config has errors') : '';
  item.severity =
    configCounts.error > 0 ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  item.command = config
    ? { command: 'vscode.open', title: vscode.l10n.t('Open Config'), arguments: [server.uri(config)] }
    : { command: 'keaPolicy.createConfig', title: vscode.l10n.t('Create Config') };
}
