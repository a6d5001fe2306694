import {
  ErrorCodes,
  ResponseError,
  type Connection,
  type FileRename,
  type InitializeResult,
} from 'vscode-languageserver';
import { answering, tooEarly, type Phase } from './answering';
import { changeAnnouncements } from './change-announcements';
import { optionsOf, supportOf } from './client-support';
import { ClientFiles } from './client-files';
import { registerCustomRequests } from './custom-requests';
import { DiagnosticReports } from './diagnostic-reports';
import { registerLanguageFeatures } from './language-features';
import { foldersOf, OutsideChanges } from './outside-changes';
import { judgeEveryMinute } from './passing-time';
import type { Runtime } from './runtime';
import { capabilitiesFor } from './server-capabilities';
import { Session } from './session';
import { askForSettings, registerForSettings, wellFormed } from './settings';
import { Workspace } from './workspace';

/**
 * Serves one client over a connection, in whatever world `runtime` stands for, until the connection ends.
 * @returns `isShutDown`: whether the client asked it to shut down, and only the end is to come
 */
export function startServer(
  connection: Connection,
  runtime: Runtime,
): { readonly isShutDown: () => boolean } {
  let phase: Phase = 'before';
  let session: Session;
  let reports: DiagnosticReports;
  let outside: OutsideChanges;
  let announceChange: () => void;

  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    if (phase !== 'before') {
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialized already.');
    }
    const support = supportOf(params);
    const clientFiles = runtime.files && !support.filesByClient ? undefined : new ClientFiles(connection);
    const workspace = new Workspace(clientFiles?.files ?? runtime.files!, () => runtime.now());
    session = new Session(connection, runtime, support, workspace);
    session.settings = wellFormed(optionsOf(params).settings);
    announceChange = changeAnnouncements(session);
    reports = new DiagnosticReports(session, announceChange);
    const folders = foldersOf(params, session.uris);
    outside = new OutsideChanges(session, clientFiles, folders, () => reports.judgeSoon());
    takeNotifications();
    phase = 'serving';
    return {
      capabilities: capabilitiesFor(support),
      serverInfo: { name: 'kea-policy', version: runtime.version },
    };
  });

  // Registered once there is somebody to serve: what is notified before is dropped, as the protocol has it.
  function takeNotifications(): void {
    const { support, workspace, logged } = session;
    connection.onInitialized(() => {
      outside.start();
      if (support.configurationChanges) void registerForSettings(session).catch(logged);
      if (support.configuration) {
        const inVain = new Promise<void>((done) => runtime.after(1000, done));
        session.settled = Promise.race([settingsChanged(), inVain]);
      }
      if (support.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders((event) => outside.foldersChanged(event));
      }
      // Whoever waits for the file in front of them is served first.
      runtime.after(50, () => void outside.ready.then(() => reports.judgeSoon()));
      judgeEveryMinute(session, reports);
    });

    connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      if (!support.configuration) {
        session.settings = wellFormed((settings as { keaPolicy?: unknown } | null)?.keaPolicy);
      }
      void settingsChanged();
    });

    connection.onDidOpenTextDocument(({ textDocument }) => {
      const { path } = session.open(textDocument);
      reports.judgeSoon(path);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const document = session.documents.get(textDocument.uri);
      if (!document) return;
      document.edit(contentChanges, textDocument.version);
      workspace.editFile(document.path);
      reports.judgeSoon(document.path);
    });
    connection.onDidCloseTextDocument(({ textDocument }) => {
      const document = session.documents.get(textDocument.uri);
      if (!document) return;
      session.close(textDocument.uri);
      reports.closed(document.path);
      reports.judgeSoon();
    });

    const changed = ({ files }: { readonly files: readonly { readonly uri: string }[] }): void =>
      outside.urisChanged(files.map(({ uri }) => uri));
    const ends = ({ oldUri, newUri }: FileRename): string[] => [oldUri, newUri];
    connection.workspace.onDidCreateFiles(changed);
    connection.workspace.onDidDeleteFiles(changed);
    connection.workspace.onDidRenameFiles(({ files }) => outside.urisChanged(files.flatMap(ends)));
    connection.onDidChangeWatchedFiles(({ changes }) => changed({ files: changes }));
  }

  async function settingsChanged(): Promise<void> {
    if (session.support.configuration) await askForSettings(session);
    reports.tellAgain();
    announceChange();
  }

  connection.onShutdown((): ResponseError<never> | undefined => {
    if (phase === 'before') return tooEarly();
    phase = 'ended';
    outside.stop();
    return undefined;
  });

  const answer = answering(
    () => phase,
    () => session,
    () => outside.ready,
  );
  registerLanguageFeatures(connection, answer, () => reports);
  registerCustomRequests(connection, answer, () => reports);
  connection.listen();
  return { isShutDown: () => phase === 'ended' };
}
