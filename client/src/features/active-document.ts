import * as vscode from 'vscode';
import type { EditAction } from '../../../server/src/features/protocol';
import type { Server } from '../server';

/** What the `when` clauses of the manifest ask about the active editor: `keaPolicy.can.enable` and so on. */
const asked: readonly EditAction['do'][] = [
  'enable',
  'disable',
  'enforce',
  'undefine',
  'proxyOn',
  'proxyOff',
  'accept',
];

/** Keeps the context keys about the active editor, so that commands are shown only where they can work. */
export function registerActiveDocument(server: Server): vscode.Disposable {
  const set = new Map<string, unknown>();
  const context = (key: string, value: unknown): void => {
    if (set.get(key) === value) return;
    set.set(key, value);
    void vscode.commands.executeCommand('setContext', `keaPolicy.${key}`, value);
  };
  let newest = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++newest;
    const document = vscode.window.activeTextEditor?.document;
    const isPolicy = document?.languageId === 'kea-policy';
    const answer = isPolicy
      ? await server.ask('keaPolicy/rows', { uri: document.uri.toString() })
      : undefined;
    if (mine !== newest) return;
    const actions = new Set(answer?.rows.flatMap((row) => row.actions));
    for (const action of asked) context(`can.${action}`, actions.has(action));
    // answered with rows: a policy or a device that can be read
    context('activeReadable', Boolean(answer));
  };
  void refresh();
  return vscode.Disposable.from(
    server.onDidChange(() => void refresh()),
    vscode.window.onDidChangeActiveTextEditor(() => void refresh()),
    vscode.workspace.onDidOpenTextDocument(() => void refresh()),
  );
}
