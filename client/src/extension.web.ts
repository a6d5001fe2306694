import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { run, type Api } from './app';
import { clientOptions, productName } from './client-options';

/** Starts the extension in a browser: the server is a web worker, and reads files through the editor. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  return run(context, false, (output) => {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
    return new LanguageClient(
      'keaPolicy',
      productName,
      () => Promise.resolve(new Worker(script)),
      clientOptions(output, { filesByClient: true }),
    );
  });
}
