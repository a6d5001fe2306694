import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { ClientFiles } from './client-files';
import type { Session } from './session';
import type { Uris } from './uris';
import { Watching } from './watching';

/** Takes in what changes beside the open documents: the workspace's folders, and the files in them. */
export class OutsideChanges {
  private readonly watching: Watching;
  private inTurn: Promise<void> = Promise.resolve();

  /**
   * @param clientFiles where the files are the client's, who is asked for them
   * @param folders the workspace's, by URI
   * @param takenIn called whenever something is
   */
  constructor(
    private readonly session: Session,
    private readonly clientFiles: ClientFiles | undefined,
    private folders: readonly string[],
    private readonly takenIn: () => void,
  ) {
    this.watching = new Watching(session, (paths) => this.filesChanged(paths));
    for (const uri of folders) session.uris.addFolder(uri);
    session.workspace.setFolders(this.pathsOf(folders));
  }

  /** Resolves when all that was told of so far is taken in. */
  get ready(): Promise<void> {
    return this.inTurn;
  }

  /** Gets the client's files and begins to hear of changes; the client can be asked now. */
  start(): void {
    if (this.clientFiles) this.takeIn(() => this.setFolders(this.folders, this.folders));
    void this.watching.start().catch(this.session.logged);
  }

  stop(): void {
    this.watching.stop();
  }

  foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const { uris } = this.session;
    const gone = new Set(this.pathsOf(removed.map(({ uri }) => uri)));
    const left = this.folders.filter((uri) => !gone.has(uris.pathOf(uri) ?? uri));
    const come = added.map(({ uri }) => uri);
    for (const uri of come) uris.addFolder(uri);
    const folders = [...left, ...come];
    this.folders = folders;
    this.takeIn(() => this.setFolders(folders, come));
  }

  /** Takes in that files came, went or are other ones, of which the client tells by URI. */
  urisChanged(uris: readonly string[]): void {
    this.filesChanged(this.pathsOf(uris));
  }

  private filesChanged(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.takeIn(async () => {
      const { session, clientFiles } = this;
      await clientFiles?.refresh(paths, session).catch(session.logged);
      for (const path of paths) session.workspace.savedFileChanged(path);
    });
  }

  private async setFolders(folders: readonly string[], added: readonly string[]): Promise<void> {
    const { session, clientFiles } = this;
    await clientFiles?.load(added, session).catch(session.logged);
    session.workspace.setFolders(this.pathsOf(folders));
    await clientFiles?.loadTexts(session);
  }

  // One thing after the other, so that no late answer of the client puts an older text over a newer one, and before
  // what is asked from now on is answered.
  private takeIn(change: () => Promise<void>): void {
    const { logged } = this.session;
    this.inTurn = this.inTurn
      .then(change)
      .catch(logged)
      .then(() => {
        this.watching.watchFolders();
        this.takenIn();
      })
      .catch(logged);
  }

  private pathsOf(uris: readonly string[]): string[] {
    return uris.flatMap((uri) => this.session.uris.pathOf(uri) ?? []);
  }
}

/** The folders that a client names at the start, by URI. */
export function foldersOf(
  { workspaceFolders, rootUri, rootPath }: InitializeParams,
  uris: Uris,
): readonly string[] {
  if (workspaceFolders?.length) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [uris.uriOf(rootPath.replace(/\\/g, '/'))] : [];
}
