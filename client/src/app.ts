import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { productName, sayStopped } from './client-options';
import { answerFileRequests } from './files';
import { registerCreateCommands } from './features/create';
import { registerEditCommands } from './features/edit-commands';
import { registerInsightCommands } from './features/insight-commands';
import { registerJsonOffer } from './features/json-offer';
import { registerOverview } from './features/overview';
import { registerPlaceCommands } from './features/place-commands';
import { registerProjectCommands } from './features/project-commands';
import { registerActiveDocument } from './features/active-document';
import { Reading } from './features/reading';
import { registerReview } from './features/review';
import { registerReviewDue } from './features/review-due';
import { registerServerCommands } from './features/server-commands';
import { registerStatusItems } from './features/status-item';
import { registerTree } from './features/tree';
import { Server } from './server';

/** What the extension gives to others: enough to see from outside what it shows. */
export interface Api {
  /** The contents of the view “KEA Policies”. */
  readonly tree: vscode.TreeDataProvider<unknown>;
  /** What it says above them. */
  readonly view: Pick<vscode.TreeView<unknown>, 'message'>;
}

/**
 * Starts the server and everything that the user sees; the entries differ only in how the server is started.
 * @param hasGit whether the server can run git: in a browser, too, when it shows a remote window
 */
export async function run(
  context: vscode.ExtensionContext,
  hasGit: boolean,
  createClient: (output: vscode.LogOutputChannel) => BaseLanguageClient,
): Promise<Api> {
  void vscode.commands.executeCommand('setContext', 'keaPolicy.hasGit', hasGit);
  const output = vscode.window.createOutputChannel(productName, { log: true });
  const client = createClient(output);
  const server = new Server(client);
  const reading = new Reading();
  const { tree, view, registration } = registerTree(server, context.workspaceState);
  // Registered before the server runs, so that commands and views are there from the first moment on.
  const { subscriptions } = context;
  subscriptions.push(
    output,
    server,
    answerFileRequests(client),
    reading,
    registration,
    registerActiveDocument(server),
    registerStatusItems(server),
    registerEditCommands(server, reading),
    registerReview(server, reading),
    registerReviewDue(server, reading),
    registerCreateCommands(server),
    registerProjectCommands(server),
    registerInsightCommands(server),
    registerOverview(server),
    registerPlaceCommands(server),
    registerServerCommands(server, output, context),
    registerJsonOffer(),
    { dispose: () => void client.dispose() },
  );
  try {
    await client.start();
  } catch (error) {
    // the commands stay, so that the user can look at the output and start the server again
    output.error(error instanceof Error ? error : String(error));
    void sayStopped(vscode.l10n.t('The KEA Policy language server could not be started.'));
  }
  return { tree, view };
}
