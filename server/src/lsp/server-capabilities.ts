import { TextDocumentSyncKind, type ServerCapabilities } from 'vscode-languageserver';
import { announcedKinds } from '../features/action-kinds';
import { documentSuffix } from '../project/document';
import type { ClientSupport } from './client-support';
import { serverCommands } from './commands';

const folders = { scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } };
const files = {
  scheme: 'file',
  pattern: { glob: `**/{*${documentSuffix},kea-policy.config.json}`, matches: 'file' as const },
};

/** What the server offers to a client that can take it. */
export function capabilitiesFor(support: ClientSupport): ServerCapabilities {
  const { didCreate, didRename, didDelete } = support.fileOperations;
  const moved = { filters: [folders, files] };
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    ...(support.pull && {
      diagnosticProvider: {
        identifier: 'kea-policy',
        interFileDependencies: true,
        workspaceDiagnostics: true,
      },
    }),
    ...(support.codeActionLiterals && { codeActionProvider: { codeActionKinds: [...announcedKinds] } }),
    executeCommandProvider: { commands: [...serverCommands] },
    hoverProvider: true,
    completionProvider: {
      // Behind a colon the space asks again: VS Code would count it to the word that replaces what was typed. A client
      // that does not say that it was a space would be answered wherever a line is indented.
      triggerCharacters: ['"', ':', ...(support.completionContext ? [' '] : [])],
      resolveProvider: false,
    },
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentLinkProvider: { resolveProvider: false },
    renameProvider: support.prepareRename ? { prepareProvider: true } : true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: {
        ...(didCreate && { didCreate: moved }),
        ...(didRename && { didRename: moved }),
        ...(didDelete && { didDelete: moved }),
      },
    },
  };
}
