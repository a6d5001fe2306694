import * as vscode from 'vscode';
import type { EditAction } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { confirmDataNotice, review } from './review';
import { requireTarget } from './target';

/** Commands that switch something in a policy or a device. The server makes the edit; it can be undone. */
export function registerEditCommands(server: Server): vscode.Disposable {
  const command = (id: string, run: (uri: vscode.Uri) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(`keaPolicy.${id}`, async (argument?: unknown) => {
      const uri = requireTarget(argument);
      if (uri) await run(uri);
    });
  return vscode.Disposable.from(
    command('enableKsn', (uri) => enable(server, uri)),
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
 * at any point changes nothing: KSN is enabled only behind the acceptance.
 */
async function enable(server: Server, uri: vscode.Uri): Promise<void> {
  const statement = await server.ask('keaPolicy/statement', { uri: uri.toString() });
  if (!statement) return notAnswered();
  if (!(await confirmDataNotice(statement))) return;
  const accepted = statement.current?.accepted === true;
  const matches =
    accepted && (statement.required === undefined || statement.current.version === statement.required);
  if (!matches && !(await review(server, uri, { enabling: true }))) return;
  await edit(server, uri, { do: 'enable' });
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
        'This can not be switched here: a device has no such switch, or the file has to be mended first.',
      ),
    );
    return;
  }
  await edit(server, uri, { do: action } as EditAction);
}

/** Asks the server for an edit and applies it; says why where there is none. Resolves to whether it was applied. */
export async function edit(server: Server, uri: vscode.Uri, action: EditAction): Promise<boolean> {
  const answer = await server.ask('keaPolicy/edit', { uri: uri.toString(), action });
  if (!answer) {
    notAnswered();
    return false;
  }
  if (!answer.ok) {
    void vscode.window.showWarningMessage(answer.message);
    return false;
  }
  return server.apply(answer.edit);
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

/** Says that the server did not answer; what went wrong is in the output. */
export function notAnswered(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The KEA Policy language server did not answer. “KEA Policy: Show Output” says more.'),
  );
}
