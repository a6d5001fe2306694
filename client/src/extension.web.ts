import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { run, type Api } from './app';
import { clientOptions, productName } from './client-options';

/** Starts the extension in a browser: the server is a web worker, and reads files through the editor. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  return run(context, false, (output) => {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
    return new LanguageClient(
      'keaPolicy',
      productName,
      starting(script),
      clientOptions(output, { filesByClient: true }),
    );
  });
}

/**
 * Starts the server anew each time it is called, and ends the one before. VS Code has a `Worker` of its own here, of
 * which its workers are no instances: the client would not know one for what it is, and gets its transports.
 */
function starting(script: string): () => Promise<MessageTransports> {
  let worker: Worker | undefined;
  return () => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
}
