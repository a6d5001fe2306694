import type { Connection } from 'vscode-languageserver';
import { below, join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import { MemoryFiles } from './memory-files';
import type { FilesAnswer, FilesParams, ReadAnswer, ReadParams } from './protocol';
import type { Session } from './session';

/** Keeps the files that the client sends, for a server without a file system. */
export class ClientFiles {
  readonly files = new MemoryFiles();

  constructor(private readonly connection: Connection) {}

  /** Asks for all that matters in the folders but the texts, which are known by the configs. */
  async load(folders: readonly string[], session: Session): Promise<void> {
    for (const folder of folders) {
      const root = session.uris.pathOf(folder);
      if (root === undefined) continue;
      const params: FilesParams = { folder };
      const answer = await this.connection.sendRequest<FilesAnswer | null>('keaPolicy/files', params);
      this.files.clear(root);
      this.files.addFolder(root);
      for (const { path, content } of answer?.files ?? []) this.files.put(join(root, path), bytesOf(content));
      for (const path of answer?.gitFolders ?? []) this.files.addFolder(join(join(root, path), '.git'));
    }
  }

  /** Asks again for files that changed; for everything where folders may have come or gone. */
  async refresh(paths: readonly string[], session: Session): Promise<void> {
    const texts = this.textPaths(session);
    const ours = paths.filter(
      (path) =>
        /\/(\.gitignore)$/.test(path) ||
        path.endsWith(documentSuffix) ||
        path.endsWith(`/${configName}`) ||
        texts.includes(path),
    );
    await this.read(ours, session);
    for (const path of paths) {
      // A folder that went takes its files along.
      if (!ours.includes(path) && this.files.list(path) !== undefined)
        await this.read(this.below(path), session);
    }
    if (paths.some((path) => path.endsWith(`/${configName}`))) await this.loadTexts(session);
  }

  private below(folder: string): string[] {
    return (this.files.list(folder) ?? []).flatMap(({ name, kind }) => {
      const path = join(folder, name);
      return kind === 'folder' ? this.below(path) : [path];
    });
  }

  /** Asks for the catalogue's texts of all projects. */
  async loadTexts(session: Session): Promise<void> {
    await this.read(this.textPaths(session), session);
    for (const { project, configPath } of session.workspace.all) {
      if (project.config?.facts.statements.length && configPath) {
        session.workspace.changed(join(project.root, configPath));
      }
    }
  }

  /** The catalogue's texts, as far as they may be read: inside the folder of their config. */
  private textPaths(session: Session): string[] {
    return session.workspace.all.flatMap(({ project, root }) =>
      (project.config?.facts.statements ?? []).flatMap(({ texts }) =>
        texts.flatMap(({ file }) => {
          if (typeof file !== 'string' || /(^|\/)\.\.(\/|$)|\\|^[A-Za-z]:|^\//.test(file)) return [];
          const path = join(root, file);
          return below(root, path) ? [path] : [];
        }),
      ),
    );
  }

  private async read(paths: readonly string[], session: Session): Promise<void> {
    if (paths.length === 0) return;
    const params: ReadParams = { uris: paths.map((path) => session.uris.uriOf(path)) };
    const answer = await this.connection.sendRequest<ReadAnswer | null>('keaPolicy/read', params);
    paths.forEach((path, i) => {
      const content = answer?.contents[i];
      this.files.put(path, typeof content === 'string' ? bytesOf(content) : undefined);
    });
  }
}

/** Base64 as bytes. */
function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
