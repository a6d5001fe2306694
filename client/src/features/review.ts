import * as vscode from 'vscode';
import type { DueDocument, StatementAnswer, StatementText } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { notAnswered, edit } from './edit-commands';
import { StatementDocuments } from './statement-document';
import { requireTarget } from './target';

let documents: StatementDocuments;

/** The review flow: shows the required Statement, asks with the console's sentence, and records the acceptance. */
export function registerReview(server: Server): vscode.Disposable {
  documents = new StatementDocuments();
  return vscode.Disposable.from(
    documents,
    vscode.commands.registerCommand('keaPolicy.reviewStatement', async (argument?: unknown) => {
      const uri = requireTarget(argument);
      if (uri) await review(server, uri);
    }),
    vscode.commands.registerCommand('keaPolicy.reviewDue', () => reviewDue(server)),
  );
}

/** Says what enabling KSN means for data. Resolves to whether the user wants to go on. */
export async function confirmDataNotice({ name, dataNotice }: StatementAnswer): Promise<boolean> {
  const go = vscode.l10n.t('Enable KSN Usage');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Enable KSN usage in “{0}”?', name),
    { modal: true, detail: dataNotice },
    go,
  );
  return chosen === go;
}

/**
 * Reviews and accepts the Statement of one policy or device. Nothing is changed unless the user presses the
 * one button that says so. Resolves to whether an acceptance was recorded.
 */
export async function review(
  server: Server,
  uri: vscode.Uri,
  { enabling = false }: { enabling?: boolean } = {},
): Promise<boolean> {
  const statement = await server.ask('keaPolicy/statement', { uri: uri.toString() });
  if (!statement) {
    notAnswered();
    return false;
  }
  if (statement.required === undefined) {
    await explainUnknown(statement);
    return false;
  }
  if (!statement.due && !enabling) {
    const again = vscode.l10n.t('Review Again');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '“{0}” records an acceptance of Statement {1}, the one required. Nothing is due.',
        statement.name,
        statement.required,
      ),
      again,
    );
    if (chosen !== again) return false;
  }
  const shown = await showText(server, uri, statement);
  if (shown === 'cancelled' || !(await confirm(statement, shown, 1))) return false;
  const acceptedBy = await acceptor(statement);
  return acceptedBy !== undefined && record(server, uri, statement, shown, acceptedBy);
}

/** Shows the Statement's text; asks for the language where there are several. */
async function showText(
  server: Server,
  uri: vscode.Uri,
  statement: StatementAnswer,
): Promise<StatementText | undefined | 'cancelled'> {
  if (statement.texts.length === 0) return withoutText(statement);
  let text = statement.texts[0]!;
  if (statement.texts.length > 1) {
    const chosen = await vscode.window.showQuickPick(
      statement.texts.map((candidate) => ({
        label: candidate.language,
        description: candidate.uri.split('/').at(-1)!,
        candidate,
      })),
      { title: vscode.l10n.t('KSN Statement {0}: which language do you read?', statement.required!) },
    );
    if (!chosen) return 'cancelled';
    text = chosen.candidate;
  }
  const shown = await server.ask('keaPolicy/statementText', { uri: uri.toString(), language: text.language });
  if (!shown) {
    notAnswered();
    return 'cancelled';
  }
  await documents.show(shown);
  const proceed = vscode.l10n.t('I Have Read It…');
  // Not modal: the text has to be read and scrolled while this waits.
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Read KSN Statement {0} in full, then go on.', shown.version),
    proceed,
    vscode.l10n.t('Cancel'),
  );
  return chosen === proceed ? shown : 'cancelled';
}

/** The catalogue has no text to show: says so and how to add it; goes on only if the user read it elsewhere. */
async function withoutText(statement: StatementAnswer): Promise<undefined | 'cancelled'> {
  const elsewhere = vscode.l10n.t('I Read It in the Console');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The text of KSN Statement {0} is not in the project’s catalogue', statement.required!),
    { modal: true, detail: [...statement.faults, statement.howToAdd].join('\n\n') },
    elsewhere,
  );
  return chosen === elsewhere ? undefined : 'cancelled';
}

/** The one question whose answer is an acceptance. */
async function confirm(
  statement: StatementAnswer,
  shown: StatementText | undefined,
  documentsDue: number,
): Promise<boolean> {
  const accept = vscode.l10n.t('I Confirm and Accept');
  const lines = [
    vscode.l10n.t('KSN Statement version {0}', statement.required!),
    shown
      ? vscode.l10n.t('Text shown: {0}, SHA-256 {1}…', shown.language, shown.sha256.slice(0, 12))
      : vscode.l10n.t('No text was shown; none is recorded.'),
    ...(documentsDue > 1 ? [vscode.l10n.t('Recorded in {0} files.', documentsDue)] : []),
    ...(statement.approvers.length > 0
      ? [vscode.l10n.t('May accept in this project: {0}', statement.approvers.join(', '))]
      : []),
    statement.recordNotice,
  ];
  const chosen = await vscode.window.showWarningMessage(
    statement.sentence,
    { modal: true, detail: lines.join('\n\n') },
    accept,
  );
  return chosen === accept;
}

/** Who accepts: from the settings, else asked. `undefined`: the user gave up. */
async function acceptor({ approvers }: StatementAnswer): Promise<string | undefined> {
  const set = vscode.workspace.getConfiguration('keaPolicy').get<string>('acceptedBy')?.trim();
  if (set && (approvers.length === 0 || approvers.includes(set))) return set;
  if (approvers.length > 0) {
    return vscode.window.showQuickPick([...approvers], {
      title: vscode.l10n.t('Who accepts the KSN Statement?'),
      placeHolder: vscode.l10n.t('The config names who may accept; choose yourself'),
      ignoreFocusOut: true,
    });
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Who accepts the KSN Statement?'),
    prompt: vscode.l10n.t(
      'Your name, or a role with a ticket. It is recorded as acceptedBy; the setting keaPolicy.acceptedBy keeps it.',
    ),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
  });
  return name?.trim();
}

async function record(
  server: Server,
  uri: vscode.Uri,
  statement: StatementAnswer,
  shown: StatementText | undefined,
  acceptedBy: string,
): Promise<boolean> {
  return edit(server, uri, {
    do: 'accept',
    version: statement.required!,
    acceptedBy,
    ...(shown && { language: shown.language, sha256: shown.sha256 }),
  });
}

async function explainUnknown({ name, unknownBecause }: StatementAnswer): Promise<void> {
  const open = vscode.l10n.t('Create or Open Config');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Which KSN Statement “{0}” requires is not known, so none can be accepted', name),
    { modal: true, detail: unknownBecause ?? '' },
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('keaPolicy.createConfig');
}

/** All policies that are due after an update of the plug-in: each ticked by hand, by Statement version. */
async function reviewDue(server: Server): Promise<void> {
  const due = await server.ask('keaPolicy/due', {});
  if (!due) return notAnswered();
  const known = due.filter((document) => document.required !== undefined);
  if (known.length === 0) {
    const unknown = due.length;
    void vscode.window.showInformationMessage(
      unknown === 0
        ? vscode.l10n.t('No acceptance of the KSN Statement is due.')
        : vscode.l10n.t(
            '{0} policies need a Statement that is not known: say in the config which one the plug-in carries.',
            unknown,
          ),
    );
    return;
  }
  const version = await chooseVersion(known);
  if (version === undefined) return;
  const chosen = await vscode.window.showQuickPick(
    known
      .filter(({ required }) => required === version)
      .map((document) => ({
        label: document.name,
        description: document.administrationGroup ?? '',
        detail: document.current
          ? vscode.l10n.t('accepted so far: {0}', document.current)
          : vscode.l10n.t('nothing accepted so far'),
        document,
      })),
    {
      title: vscode.l10n.t('KSN Statement {0}: tick each policy that you accept it for', version),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  if (!chosen || chosen.length === 0) return;
  const first = vscode.Uri.parse(chosen[0]!.document.uri);
  const statement = await server.ask('keaPolicy/statement', { uri: first.toString() });
  if (!statement?.required) return notAnswered();
  await vscode.window.showTextDocument(first, { preview: true });
  const shown = await showText(server, first, statement);
  if (shown === 'cancelled' || !(await confirm(statement, shown, chosen.length))) return;
  const acceptedBy = await acceptor(statement);
  if (acceptedBy === undefined) return;
  let recorded = 0;
  for (const { document } of chosen) {
    if (await record(server, vscode.Uri.parse(document.uri), statement, shown, acceptedBy)) recorded++;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The acceptance of Statement {0} is recorded in {1} of {2} files. Review and save them.',
      version,
      recorded,
      chosen.length,
    ),
  );
}

async function chooseVersion(due: readonly DueDocument[]): Promise<string | undefined> {
  const versions = [...new Set(due.map(({ required }) => required!))];
  if (versions.length === 1) return versions[0];
  return vscode.window.showQuickPick(versions, {
    title: vscode.l10n.t('Several Statements are required: which one first?'),
  });
}
