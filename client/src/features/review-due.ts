import * as vscode from 'vscode';
import type { DueDocument } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { askAcceptor, confirmAcceptance } from './consent';
import { filesInWords } from './counts';
import { notAnswered } from './server-edit';
import type { Reading } from './reading';
import { record, showDocument, showText } from './review';

/** The command that reviews the Statement once for all policies that are due, each ticked by hand. */
export function registerReviewDue(server: Server, reading: Reading): vscode.Disposable {
  return vscode.commands.registerCommand('keaPolicy.reviewDue', () => reviewDue(server, reading));
}

type Known = DueDocument & { readonly required: string };

async function reviewDue(server: Server, reading: Reading): Promise<void> {
  const due = await server.ask('keaPolicy/due', {});
  if (!due) return notAnswered();
  const known = due.filter((document): document is Known => document.required !== undefined);
  if (known.length === 0) return sayNothingKnown(due.length);
  const version = await chooseVersion(known);
  if (version === undefined) return;
  const chosen = await tick(
    version,
    known.filter(({ required }) => required === version),
  );
  if (chosen.length === 0) return;
  const first = vscode.Uri.parse(chosen[0]!.uri);
  const statement = await server.ask('keaPolicy/statement', { uri: first.toString() });
  if (!statement?.required) return notAnswered();
  await showDocument(first);
  const shown = await showText(server, reading, first, statement);
  if (shown === 'cancelled') return;
  const acceptedBy = await askAcceptor(statement);
  if (acceptedBy === undefined) return;
  const names = chosen.map(({ name }) => name);
  if (!(await confirmAcceptance(statement, shown, names, acceptedBy))) return;
  const recorded: vscode.Uri[] = [];
  for (const document of chosen) {
    const uri = vscode.Uri.parse(document.uri);
    // what was confirmed is this version; and some folders may have approvers of their own
    const own = await server.ask('keaPolicy/statement', { uri: uri.toString() });
    if (!own || own.required !== statement.required) continue;
    if (own.approvers.length > 0 && !own.approvers.includes(acceptedBy)) continue;
    if (await record(server, uri, own, shown, acceptedBy)) recorded.push(uri);
  }
  await sayRecorded(version, recorded, chosen.length);
}

function sayNothingKnown(unknown: number): void {
  void vscode.window.showInformationMessage(
    unknown === 0
      ? vscode.l10n.t('No acceptance of the KSN Statement is due.')
      : unknown === 1
        ? vscode.l10n.t(
            '1 policy needs a Statement that is not known: say in the config which one the plug-in carries.',
          )
        : vscode.l10n.t(
            '{0} policies need a Statement that is not known: say in the config which one the plug-in carries.',
            unknown,
          ),
  );
}

async function chooseVersion(due: readonly Known[]): Promise<string | undefined> {
  const versions = [...new Set(due.map(({ required }) => required))];
  if (versions.length === 1) return versions[0];
  return vscode.window.showQuickPick(versions, {
    title: vscode.l10n.t('Several versions of the Statement are required: which one first?'),
    ignoreFocusOut: true,
  });
}

/** Nothing is ticked beforehand: each policy is a decision of its own. */
async function tick(version: string, due: readonly Known[]): Promise<readonly Known[]> {
  const chosen = await vscode.window.showQuickPick(
    due.map((document) => ({
      label: document.name,
      description: document.administrationGroup ?? '',
      detail: document.current
        ? vscode.l10n.t('Statement in the file so far: {0}', document.current)
        : vscode.l10n.t('no Statement in the file so far'),
      document,
    })),
    {
      title: vscode.l10n.t('KSN Statement {0} is due', version),
      placeHolder: vscode.l10n.t('Tick each policy that you review it for; the text is shown next'),
      canPickMany: true,
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  return (chosen ?? []).map(({ document }) => document);
}

async function sayRecorded(version: string, recorded: readonly vscode.Uri[], of: number): Promise<void> {
  const save = vscode.l10n.t('Save These Files');
  const said =
    recorded.length === of
      ? vscode.l10n.t('The acceptance of KSN Statement {0} is recorded in {1}.', version, filesInWords(of))
      : vscode.l10n.t(
          'The acceptance of KSN Statement {0} is recorded in {1} of {2}; the others require another version, name other approvers, or can’t be changed.',
          version,
          recorded.length,
          filesInWords(of),
        );
  const chosen = await vscode.window.showInformationMessage(said, ...(recorded.length > 0 ? [save] : []));
  if (chosen !== save) return;
  for (const uri of recorded) await (await vscode.workspace.openTextDocument(uri)).save();
}
