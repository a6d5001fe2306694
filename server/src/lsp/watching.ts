import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  WatchKind,
  type Connection,
} from 'vscode-languageserver';
import { configName, documentSuffix } from '../project/document';
import type { Session } from './session';

/** Milliseconds without news after which what was heard is taken in. */
const quiet = 100;

/** Hears of files that change on disk: from the client where it can tell, else by watching the folders. */
export class Watching {
  private stops: (() => void)[] = [];
  private readonly waiting = new Set<string>();
  private cancel: (() => void) | undefined;

  constructor(
    private readonly session: Session,
    private readonly changed: (paths: readonly string[]) => void,
  ) {}

  async start(folders: readonly string[]): Promise<void> {
    const { connection, support } = this.session;
    if (support.watchesFiles) return register(connection);
    this.watch(folders);
  }

  /** Watches other folders than before, where the client does not. */
  watch(folders: readonly string[]): void {
    this.stop();
    const { runtime, support } = this.session;
    if (support.watchesFiles || !runtime.watch) return;
    for (const folder of folders) {
      const stop = runtime.watch(folder, (path) => this.heard(path));
      if (stop) this.stops.push(stop);
    }
  }

  // A file is heard of before it is written to its end.
  private heard(path: string): void {
    this.waiting.add(path);
    this.cancel?.();
    this.cancel = this.session.runtime.after(quiet, () => {
      const paths = [...this.waiting];
      this.waiting.clear();
      this.changed(paths);
    });
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
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

export async function registerForSettings(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeConfigurationNotification.type, { section: 'keaPolicy' });
}
