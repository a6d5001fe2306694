import * as vscode from 'vscode';
import type { PlanParams, TextAnswer } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { notAnswered } from './server-edit';
import { ResultDocuments } from './result-document';
import { chooseProject, requireTarget } from './target';

/** Commands that answer a question with a document: what is in force, what an update would do, what changed. */
export function registerInsightCommands(server: Server): vscode.Disposable {
  const results = new ResultDocuments();
  const showText = async (title: string, answer: TextAnswer | undefined): Promise<void> => {
    if (!answer) return notAnswered();
    if (answer.ok) await results.show(title, answer.text);
    else void vscode.window.showWarningMessage(answer.message);
  };
  return vscode.Disposable.from(
    results,
    vscode.commands.registerCommand('keaPolicy.showEffective', async (argument?: unknown) => {
      const uri = await requireTarget(server, argument);
      if (!uri) return;
      const answer = await server.ask('keaPolicy/effective', { uri: uri.toString() });
      if (answer)
        await results.show(vscode.l10n.t('Effective settings of {0}', answer.name), answer.markdown);
      else notAnswered();
    }),
    vscode.commands.registerCommand('keaPolicy.showRunbook', async (argument?: unknown) => {
      const uri = await requireTarget(server, argument);
      if (!uri) return;
      await showText(
        vscode.l10n.t('Runbook'),
        await server.ask('keaPolicy/runbook', { uri: uri.toString() }),
      );
    }),
    vscode.commands.registerCommand('keaPolicy.planUpdate', async (argument?: unknown) => {
      const uri = await chooseProject(server, argument);
      const params = uri && (await askForPlan(uri));
      if (params)
        await showText(vscode.l10n.t('Plan of an update'), await server.ask('keaPolicy/plan', params));
    }),
    vscode.commands.registerCommand('keaPolicy.compareWithRevision', async (argument?: unknown) => {
      if (!vscode.workspace.isTrusted) return sayUntrusted();
      const uri = await chooseProject(server, argument);
      if (uri === undefined) return;
      const base = await vscode.window.showInputBox({
        title: vscode.l10n.t('Compare with a git revision'),
        prompt: vscode.l10n.t('A branch, a tag or a commit, such as main or HEAD~1'),
        value: 'HEAD',
        ignoreFocusOut: true,
      });
      if (!base?.trim()) return;
      const answer = await server.ask('keaPolicy/diff', { base: base.trim(), uri });
      await showText(vscode.l10n.t('Compared with {0}', base.trim()), answer);
    }),
  );
}

/** Git is the one thing that is not run where the user does not trust what is in the folder. */
function sayUntrusted(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Comparing runs git, and so it waits until you trust this workspace.'),
  );
}

/** Asks what is to be updated: the plug-in, agents, or both. */
async function askForPlan(uri: string): Promise<PlanParams | undefined> {
  const plugin = { label: vscode.l10n.t('The management plug-in'), what: 'plugin' as const, picked: true };
  const agents = { label: vscode.l10n.t('Agents on hosts'), what: 'agents' as const };
  const chosen = await vscode.window.showQuickPick([plugin, agents], {
    title: vscode.l10n.t('Plan an update: what is updated?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!chosen?.length) return undefined;
  let params: PlanParams = { uri };
  if (chosen.includes(plugin)) {
    const version = await askVersion(vscode.l10n.t('The new version of the plug-in, such as 4.0'));
    if (version === undefined) return undefined;
    const statementVersion = await askStatement(
      vscode.l10n.t('The version of the KSN Statement that it carries'),
    );
    if (statementVersion === undefined) return undefined;
    params = { ...params, plugin: { version, ...(statementVersion && { statementVersion }) } };
  }
  if (chosen.includes(agents)) {
    const from = await askVersion(
      vscode.l10n.t('Which agents: their version now; leave empty for all'),
      true,
    );
    if (from === undefined) return undefined;
    const version = await askVersion(vscode.l10n.t('The new version of these agents'));
    if (version === undefined) return undefined;
    const statementVersion = await askStatement(
      vscode.l10n.t('The version of the KSN Statement that they carry then'),
    );
    if (statementVersion === undefined) return undefined;
    params = {
      ...params,
      agents: [{ ...(from && { from }), version, ...(statementVersion && { statementVersion }) }],
    };
  }
  return params;
}

function askVersion(prompt: string, optional = false): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Plan an update'),
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) =>
      (optional && text === '') || /^\d{1,9}(\.\d{1,9}){1,3}$/.test(text)
        ? undefined
        : vscode.l10n.t('Two to four numbers with dots, such as 4.0 or 3.16.0.512.'),
  });
}

function askStatement(prompt: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Plan an update'),
    prompt: vscode.l10n.t(
      '{0}; leave empty if it is not known (what depends on it can’t be told then)',
      prompt,
    ),
    ignoreFocusOut: true,
  });
}
