import { DidChangeWatchedFilesNotification, WatchKind, type Connection } from 'vscode-languageserver';
import { configName, documentSuffix } from '../project/document';
import type { Session } from './session';

/** Milliseconds without news after which what was heard is taken in. */
const quiet = 100;

/** More folders than this are not watched: systems have their limits, and other programs want some. */
const mostFolders = 4000;

/** Hears of files that change on disk: from the client where it can tell, else by watching the folders itself. */
export class Watching {
  private readonly watched = new Map<string, () => void>();
  /** Folders that came while watching: what they are for may come later. */
  private readonly added = new Set<string>();
  private readonly waiting = new Set<string>();
  private cancel: (() => void) | undefined;
  private isByClient: boolean;

  constructor(
    private readonly session: Session,
    private readonly changed: (paths: readonly string[]) => void,
  ) {
    this.isByClient = session.support.watchesFiles;
  }

  /** Asks the client to watch, where it can. */
  async start(): Promise<void> {
    const { connection, logged } = this.session;
    if (!this.isByClient) return this.watchFolders();
    try {
      await register(connection);
    } catch (error) {
      this.isByClient = false;
      this.watchFolders();
      logged(error);
    }
  }

  /** Watches the folders that hold something now, where the client does not. */
  watchFolders(): void {
    const { runtime, workspace } = this.session;
    if (this.isByClient || !runtime.watch) return;
    const wanted = new Set([...workspace.heldFolders(), ...this.added].slice(0, mostFolders));
    for (const [folder, stop] of this.watched) {
      if (wanted.has(folder)) continue;
      stop();
      this.watched.delete(folder);
    }
    for (const folder of wanted) {
      if (this.watched.has(folder)) continue;
      const stop = runtime.watch(folder, (path) => this.heard(path));
      if (stop) this.watched.set(folder, stop);
    }
  }

  private heard(path: string): void {
    this.waiting.add(path);
    this.cancel?.();
    // A file is heard of before it is written to its end.
    this.cancel = this.session.runtime.after(quiet, () => {
      const paths = [...this.waiting];
      this.waiting.clear();
      for (const each of paths) if (this.session.workspace.isFolder(each)) this.added.add(each);
      this.changed(paths);
    });
  }

  stop(): void {
    for (const stop of this.watched.values()) stop();
    this.watched.clear();
  }
}

async function register(connection: Connection): Promise<void> {
  const changes = WatchKind.Create | WatchKind.Change | WatchKind.Delete;
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      { globPattern: `**/*${documentSuffix}`, kind: changes },
      { globPattern: `**/${configName}`, kind: changes },
      { globPattern: '**/.gitignore', kind: changes },
      // Texts of the catalogue are mostly these; and a folder that comes or goes takes its files along.
      { globPattern: '**/*.{txt,md,html,htm,pdf,rtf}', kind: WatchKind.Change },
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
    ],
  });
}
