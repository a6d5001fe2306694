import * as vscode from 'vscode';
import { TransportKind } from 'vscode-languageclient/node';
import { run, type Api } from './app';
import { clientOptions, productName } from './client-options';
import { NodeClient } from './node-client';

/** Starts the extension where there is a Node extension host: on the desktop, and in remote windows. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const onlyVirtual =
    (vscode.workspace.workspaceFolders ?? []).length > 0 &&
    vscode.workspace.workspaceFolders!.every(({ uri }) => uri.scheme !== 'file');
  return run(context, !onlyVirtual, (output) => {
    const module = context.asAbsolutePath('dist/server.js');
    return new NodeClient(
      'keaPolicy',
      productName,
      {
        run: { module, transport: TransportKind.ipc },
        debug: {
          module,
          transport: TransportKind.ipc,
          options: { execArgv: ['--nolazy', '--inspect=6019'] },
        },
      },
      clientOptions(output, { filesByClient: onlyVirtual }),
    );
  });
}
