import * as vscode from 'vscode';
import type { NamedPlace, StatementAnswer, StatementText } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { askAcceptor, confirmAcceptance, languageName } from './consent';
import { edit, notAnswered } from './server-edit';
import { uriOf, type Reading } from './reading';
import { requireTarget } from './target';
import { sayDone } from './done';

/** The command that reviews and accepts the KSN Statement for one policy or device. */
export function registerReview(server: Server, reading: Reading): vscode.Disposable {
  return vscode.commands.registerCommand('keaPolicy.reviewStatement', async (argument?: unknown) => {
    const uri = await requireTarget(server, argument);
    const accepted = uri && (await review(server, reading, uri));
    if (!accepted) return;
    await sayDone(
      uri,
      vscode.l10n.t(
        'The acceptance of KSN Statement {0} is recorded in “{1}”.',
        accepted.required!,
        accepted.name,
      ),
    );
  });
}

/**
 * Shows the required Statement, asks with the console's sentence, and records the acceptance. Nothing is changed
 * unless the user presses the one button that says so; `enabling` then enables KSN in the same edit.
 * @returns what was accepted; `undefined` where nothing was recorded
 */
export async function review(
  server: Server,
  reading: Reading,
  uri: vscode.Uri,
  { enabling = false }: { enabling?: boolean } = {},
): Promise<StatementAnswer | undefined> {
  const statement = await server.ask('keaPolicy/statement', { uri: uri.toString() });
  if (!statement) return void notAnswered();
  if (statement.required === undefined) return void (await explainUnknown(uri, statement));
  if (!statement.due && !enabling && !(await wantsAgain(statement))) return undefined;
  await showDocument(uri);
  const shown = await showText(server, reading, uri, statement);
  if (shown === 'cancelled') return undefined;
  const acceptedBy = await askAcceptor(statement);
  if (acceptedBy === undefined) return undefined;
  // the last step: nothing is asked after this button, and nothing is recorded before it
  if (!(await confirmAcceptance(statement, shown, [statement.name], acceptedBy))) return undefined;
  const recorded = await record(server, uri, statement, shown, acceptedBy, enabling);
  return recorded ? statement : undefined;
}

/** Brings the policy to the front, so that the text opens beside it. */
export async function showDocument(uri: vscode.Uri): Promise<void> {
  if (vscode.window.activeTextEditor?.document.uri.toString() === uri.toString()) return;
  // where it is open, not a second time over the text of another review
  const open = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some((tab) => uriOf(tab)?.toString() === uri.toString()),
  );
  await vscode.window.showTextDocument(uri, { preview: false, ...(open && { viewColumn: open.viewColumn }) });
}

async function wantsAgain({ name, required }: StatementAnswer): Promise<boolean> {
  const again = vscode.l10n.t('Review Again');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '“{0}” records an acceptance of Statement {1}, the one required. Nothing is due.',
      name,
      required!,
    ),
    again,
  );
  return chosen === again;
}

/** Shows the Statement's text, in the language that the user reads; says how to add it where there is none. */
export async function showText(
  server: Server,
  reading: Reading,
  uri: vscode.Uri,
  statement: StatementAnswer,
): Promise<StatementText | undefined | 'cancelled'> {
  if (statement.texts.length === 0) return withoutText(uri, statement);
  const language = await chooseLanguage(statement);
  if (language === undefined) return 'cancelled';
  const text = await server.ask('keaPolicy/statementText', { uri: uri.toString(), language });
  if (!text) {
    notAnswered();
    return 'cancelled';
  }
  return (await reading.read(text)) ? text : 'cancelled';
}

async function chooseLanguage({ texts, required }: StatementAnswer): Promise<string | undefined> {
  if (texts.length === 1) return texts[0]!.language;
  const chosen = await vscode.window.showQuickPick(
    texts.map(({ language, uri }) => ({
      label: languageName(language),
      description: decodeURIComponent(uri.split('/').at(-1)!),
      language,
    })),
    {
      title: vscode.l10n.t('KSN Statement {0}', required!),
      placeHolder: vscode.l10n.t('In which language do you read it?'),
      ignoreFocusOut: true,
    },
  );
  return chosen?.language;
}

/** The catalogue has no text to show: says so and how to add it; goes on only if the user read it elsewhere. */
async function withoutText(
  uri: vscode.Uri,
  { required, faults, howToAdd, inConfig }: StatementAnswer,
): Promise<undefined | 'cancelled'> {
  const elsewhere = vscode.l10n.t('I Read It in the Console…');
  // the first button has the focus: a text that all can read again is better than the word of one
  const config = inConfig ? vscode.l10n.t('Open Config') : vscode.l10n.t('Create Config');
  const goOn = vscode.l10n.t(
    'If you have read it in full in the console, you can go on; the record names no text then.',
  );
  const chosen = await vscode.window.showWarningMessage(
    faults.length > 0
      ? vscode.l10n.t('The text of KSN Statement {0} can’t be shown', required!)
      : vscode.l10n.t('The text of KSN Statement {0} is not in the project’s catalogue', required!),
    { modal: true, detail: [...faults, howToAdd, goOn].join('\n\n') },
    config,
    elsewhere,
  );
  if (chosen === config) await openConfig(uri, inConfig);
  return chosen === elsewhere ? undefined : 'cancelled';
}

/** Leads to the place in the config that a file needs; makes a config where its project has none. */
async function openConfig(uri: vscode.Uri, place: NamedPlace | undefined): Promise<void> {
  if (place) await vscode.commands.executeCommand('keaPolicy.openPlace', place);
  else await vscode.commands.executeCommand('keaPolicy.createConfig', uri);
}

async function explainUnknown(
  uri: vscode.Uri,
  { name, unknownBecause, inConfig }: StatementAnswer,
): Promise<void> {
  const open = inConfig ? vscode.l10n.t('Open Config') : vscode.l10n.t('Create Config');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Which KSN Statement “{0}” requires is not known, so none can be accepted', name),
    { modal: true, detail: unknownBecause ?? '' },
    open,
  );
  if (chosen === open) await openConfig(uri, inConfig);
}

/** Has the server make the record; resolves to whether it is in the file. */
export function record(
  server: Server,
  uri: vscode.Uri,
  statement: StatementAnswer,
  shown: StatementText | undefined,
  acceptedBy: string,
  enable = false,
): Promise<boolean> {
  return edit(server, uri, {
    do: 'accept',
    enable,
    version: statement.required!,
    acceptedBy,
    ...(shown && { language: shown.language, sha256: shown.sha256 }),
  });
}
