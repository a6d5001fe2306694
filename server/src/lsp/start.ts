import {
  CodeLensRefreshRequest,
  ErrorCodes,
  ResponseError,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { answering, tooEarly, type Phase } from './answering';
import { optionsOf, supportOf } from './client-support';
import { ClientFiles } from './client-files';
import { registerCustomRequests } from './custom-requests';
import { DiagnosticReports } from './diagnostic-reports';
import { registerLanguageFeatures } from './language-features';
import type { Settings } from './protocol';
import type { Runtime } from './runtime';
import { capabilitiesFor } from './server-capabilities';
import { Session } from './session';
import type { Uris } from './uris';
import { registerForSettings, Watching } from './watching';
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
  let watching: Watching;
  let clientFiles: ClientFiles | undefined;
  let ready: Promise<void> = Promise.resolve();
  let folders: string[] = [];
  const logged = (error: unknown): void => session.logged(error);
  const announceChange = throttled(runtime, () => {
    if (session.support.ownNotifications) void connection.sendNotification('keaPolicy/changed', {});
    if (session.support.codeLensRefresh && session.settings.codeLens?.enabled !== false) {
      connection.sendRequest(CodeLensRefreshRequest.type).catch(logged);
    }
    if (session.support.inlayHintRefresh && session.settings.inlayHints?.enabled) {
      connection.languages.inlayHint.refresh().catch(logged);
    }
  });

  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    if (phase !== 'before') {
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialized already.');
    }
    const support = supportOf(params);
    clientFiles = runtime.files && !support.filesByClient ? undefined : new ClientFiles(connection);
    const workspace = new Workspace(clientFiles?.files ?? runtime.files!, () => runtime.now());
    session = new Session(connection, runtime, support, workspace);
    session.settings = wellFormed(optionsOf(params).settings);
    reports = new DiagnosticReports(session, announceChange);
    watching = new Watching(session, (paths) => filesChanged(paths));
    folders = foldersOf(params, session.uris);
    workspace.setFolders(pathsOf(folders));
    takeNotifications();
    phase = 'serving';
    return {
      capabilities: capabilitiesFor(support),
      serverInfo: { name: 'kea-policy', version: runtime.version },
    };
  });

  const pathsOf = (uris: readonly string[]): string[] =>
    uris.flatMap((uri) => session.uris.pathOf(uri) ?? []);

  async function readSettings(): Promise<void> {
    if (!session.support.configuration) return;
    try {
      session.settings = wellFormed(await connection.workspace.getConfiguration('keaPolicy'));
    } catch (error) {
      logged(error);
    }
    reports.tellAgain();
    announceChange();
  }

  // Registered once there is somebody to serve: what is notified before is dropped, as the protocol has it.
  function takeNotifications(): void {
    connection.onInitialized(() => {
      if (clientFiles) ready = clientFiles.load(folders, session).catch(logged);
      void watching.start().catch(logged);
      if (session.support.configurationChanges) void registerForSettings(connection).catch(logged);
      session.settled = Promise.race([
        readSettings(),
        new Promise<void>((done) => runtime.after(1000, done)),
      ]);
      if (session.support.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(pathsOf(removed.map(({ uri }) => uri)));
          const left = folders.filter((uri) => !gone.has(session.uris.pathOf(uri) ?? uri));
          folders = [...left, ...added.map(({ uri }) => uri)];
          const uris = added.map(({ uri }) => uri);
          takeIn(
            (files) => files.load(uris, session),
            () => session.workspace.setFolders(pathsOf(folders)),
          );
        });
      }
      connection.workspace.onDidCreateFiles(({ files }) =>
        filesChanged(pathsOf(files.map(({ uri }) => uri))),
      );
      connection.workspace.onDidDeleteFiles(({ files }) =>
        filesChanged(pathsOf(files.map(({ uri }) => uri))),
      );
      connection.workspace.onDidRenameFiles(({ files }) =>
        filesChanged(pathsOf(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]))),
      );
      // Whoever waits for the file in front of them is served first.
      runtime.after(50, () => {
        void ready.then(() => {
          reports.judgeSoon();
        });
      });
      everyMinute();
    });

    connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      if (session.support.configuration) return void readSettings();
      session.settings = wellFormed((settings as { keaPolicy?: unknown } | null)?.keaPolicy);
      reports.tellAgain();
      announceChange();
    });

    connection.onDidOpenTextDocument(({ textDocument }) => {
      const { path } = session.open(textDocument);
      reports.judgeSoon(path);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const document = session.documents.get(textDocument.uri);
      if (!document) return;
      document.edit(contentChanges, textDocument.version);
      session.workspace.editFile(document.path);
      reports.judgeSoon(document.path);
    });
    connection.onDidCloseTextDocument(({ textDocument }) => {
      const document = session.documents.get(textDocument.uri);
      if (!document) return;
      session.close(textDocument.uri);
      reports.closed(document.path);
      reports.judgeSoon();
    });

    connection.onDidChangeWatchedFiles(({ changes }) => filesChanged(pathsOf(changes.map(({ uri }) => uri))));
  }

  function filesChanged(paths: readonly string[]): void {
    if (paths.length === 0) return;
    takeIn(
      (files) => files.refresh(paths, session),
      () => {
        for (const path of paths) session.workspace.savedFileChanged(path);
      },
    );
  }

  /**
   * Gets what has changed from a client that has the files, and takes it in: one thing after the other, so that no
   * late answer puts an older text over a newer one, and before what is asked from now on is answered.
   */
  function takeIn(get: (files: ClientFiles) => Promise<void>, change: () => void): void {
    ready = ready
      .then(() => clientFiles && get(clientFiles))
      .catch(logged)
      .then(() => {
        change();
        watching.watchFolders();
        reports.judgeSoon();
      })
      .catch(logged);
  }

  // Acceptances come of age and exceptions expire while nobody types.
  function everyMinute(): void {
    let day = Math.floor(runtime.now() / dayLength);
    const look = (): void => {
      const today = Math.floor(runtime.now() / dayLength);
      if (today !== day) session.workspace.judgeAgain();
      else session.workspace.judgeTimely();
      day = today;
      reports.judgeSoon();
      runtime.after(60_000, look);
    };
    runtime.after(60_000, look);
  }

  connection.onShutdown((): ResponseError<never> | undefined => {
    if (phase === 'before') return tooEarly();
    phase = 'ended';
    watching.stop();
    return undefined;
  });

  const answer = answering(
    () => phase,
    () => session,
    () => ready,
  );
  registerLanguageFeatures(connection, answer, () => reports);
  registerCustomRequests(connection, answer, () => reports);
  connection.listen();
  return { isShutDown: () => phase === 'ended' };
}

const dayLength = 24 * 60 * 60 * 1000;

function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams, uris: Uris): string[] {
  if (workspaceFolders?.length) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [uris.uriOf(rootPath.replace(/\\/g, '/'))] : [];
}

// Settings come from outside: what is not an object is none, and only a name can go into a record.
function wellFormed(settings: unknown): Settings {
  if (typeof settings !== 'object' || settings === null) return {};
  const { acceptedBy, ...others } = settings as Settings;
  return { ...others, ...(typeof acceptedBy === 'string' && { acceptedBy }) };
}

/** Runs at most a few times a second, and once more at the end. */
function throttled(runtime: Runtime, run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    runtime.after(250, () => {
      waiting = false;
      run();
    });
  };
}
