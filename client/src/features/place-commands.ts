import * as vscode from 'vscode';
import type { ClientCommands } from '../../../server/src/features/protocol';
import type { Server } from '../server';

/** Commands behind links and lenses of the server: they lead somewhere and change nothing. */
export function registerPlaceCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      'keaPolicy.openPlace',
      async (...[place]: ClientCommands['keaPolicy.openPlace']) => {
        const found = 'pointer' in place ? await server.ask('keaPolicy/place', place) : place;
        const selection = found && server.client.protocol2CodeConverter.asRange(found.range);
        await vscode.window.showTextDocument(server.uri(place.uri), selection ? { selection } : {});
      },
    ),
    vscode.commands.registerCommand(
      'keaPolicy.showPlaces',
      async (...[uri, range, places]: ClientCommands['keaPolicy.showPlaces']) => {
        const { protocol2CodeConverter: convert } = server.client;
        await vscode.commands.executeCommand(
          'editor.action.showReferences',
          server.uri(uri),
          convert.asRange(range).start,
          places.map((place) => new vscode.Location(server.uri(place.uri), convert.asRange(place.range))),
        );
      },
    ),
    vscode.commands.registerCommand(
      'keaPolicy.showRule',
      async (...[, documentation]: ClientCommands['keaPolicy.showRule']) => {
        await vscode.env.openExternal(vscode.Uri.parse(documentation));
      },
    ),
  );
}
