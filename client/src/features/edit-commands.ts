import * as vscode from 'vscode';
import type { EditAction, StatementAnswer } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { edit, notAnswered } from './server-edit';
import { sayDone } from './done';
import type { Reading } from './reading';
import { review } from './review';
import { requireTarget } from './target';

/** Commands that switch something in a policy or a device. The server makes the edit; it can be undone. */
export function registerEditCommands(server: Server, reading: Reading): vscode.Disposable {
  const command = (id: string, run: (uri: vscode.Uri) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(`keaPolicy.${id}`, async (argument?: unknown) => {
      const uri = await requireTarget(server, argument);
      if (uri) await run(uri);
    });
  return vscode.Disposable.from(
    command('enableKsn', (uri) => enable(server, reading, uri)),
    command('disableKsn', (uri) => edit(server, uri, { do: 'disable' })),
    command('toggleEnforcement', (uri) => toggle(server, uri, 'enforcement', ['enforce', 'undefine'])),
    command('toggleProxy', (uri) => toggle(server, uri, 'proxy', ['proxyOn', 'proxyOff'])),
    vscode.commands.registerCommand('keaPolicy.addException', (uri: string, rule: string) =>
      addException(server, vscode.Uri.parse(uri), rule),
    ),
  );
}

/**
 * Enables KSN: says first what that means for data, then leads through the Statement where it is due. Cancelling
 * at any point changes nothing: KSN is enabled only with the acceptance, in one edit that one undo takes back.
 */
async function enable(server: Server, reading: Reading, uri: vscode.Uri): Promise<void> {
  const statement = await server.ask('keaPolicy/statement', { uri: uri.toString() });
  if (!statement) return notAnswered();
  const due =
    statement.current?.accepted !== true ||
    (statement.required !== undefined && statement.current.version !== statement.required);
  if (!(await confirmDataNotice(statement, due))) return;
  const enabled = due
    ? await review(server, reading, uri, { enabling: true })
    : await edit(server, uri, { do: 'enable' });
  if (!enabled) return;
  await sayDone(
    uri,
    due
      ? vscode.l10n.t('KSN usage is enabled in “{0}”, and your acceptance is recorded.', statement.name)
      : vscode.l10n.t('KSN usage is enabled in “{0}”.', statement.name),
  );
}

/** Says what enabling KSN means for data, and what comes next. Resolves to whether the user wants to go on. */
async function confirmDataNotice(
  { name, dataNotice, required }: StatementAnswer,
  due: boolean,
): Promise<boolean> {
  const go = due ? vscode.l10n.t('Continue to the Statement…') : vscode.l10n.t('Enable KSN Usage');
  const next = due
    ? required === undefined
      ? vscode.l10n.t('The KSN Statement has to be accepted first.')
      : vscode.l10n.t(
          'Next, you read KSN Statement {0} and decide whether to accept it. KSN is enabled only after that; until then nothing is changed.',
          required,
        )
    : vscode.l10n.t('The KSN Statement required is accepted in this file already.');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Enable KSN usage in “{0}”?', name),
    { modal: true, detail: `${dataNotice}\n\n${next}` },
    go,
  );
  return chosen === go;
}

/** Does whichever of two actions the server offers now. */
async function toggle(
  server: Server,
  uri: vscode.Uri,
  row: 'enforcement' | 'proxy',
  actions: readonly EditAction['do'][],
): Promise<void> {
  const answer = await server.ask('keaPolicy/rows', { uri: uri.toString() });
  if (answer === undefined) return notAnswered();
  const offered = answer?.rows.find(({ id }) => id === row)?.actions ?? [];
  const action = offered.find((candidate) => actions.includes(candidate));
  if (!action) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'This can’t be switched here: a device has no such switch, or the file has to be mended first.',
      ),
    );
    return;
  }
  await edit(server, uri, { do: action } as EditAction);
}

async function addException(server: Server, uri: vscode.Uri, rule: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add an exception from {0}', rule),
    prompt: vscode.l10n.t('Why is this deviation accepted? At least 10 characters; it is kept in the file.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim().length < 10 ? vscode.l10n.t('Give a reason of at least 10 characters.') : undefined,
  });
  if (reason === undefined) return;
  const expires = await vscode.window.showInputBox({
    title: vscode.l10n.t('Until when does the exception hold?'),
    prompt: vscode.l10n.t('A date such as 2027-01-31; that day is still covered. Leave empty for no end.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || isDate(text) ? undefined : vscode.l10n.t('A date such as 2027-01-31, or nothing.'),
  });
  if (expires === undefined) return;
  await edit(server, uri, { do: 'exception', rule, reason: reason.trim(), ...(expires && { expires }) });
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}
