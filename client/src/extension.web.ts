import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { run, type Api } from './app';
import { clientOptions, productName } from './client-options';

/** Starts the extension in a browser: the server is a web worker, and reads files through the editor. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  return run(context, false, (output) => {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
    return new LanguageClient(
      'keaPolicy',
      productName,
      () => {
        // Not the worker itself: the one that VS Code gives is not told for one.
        const worker = new Worker(script);
        const reader = new BrowserMessageReader(worker);
        return Promise.resolve({ reader, writer: new BrowserMessageWriter(worker) });
      },
      clientOptions(output, { filesByClient: true }),
    );
  });
}
