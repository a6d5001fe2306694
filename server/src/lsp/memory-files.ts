import { folderOf } from '../project/discover';
import type { Entry, Files, ReadFault } from '../project/files';

const missing: ReadFault = { fault: 'missing', reason: 'there is no such file' };

/** Files that the client sent, where the server has no file system of its own. */
export class MemoryFiles implements Files {
  private readonly contents = new Map<string, Uint8Array>();
  private readonly folders = new Map<string, Map<string, Entry>>();

  /** Puts a file in, with the folders that lead to it; `undefined` takes it out. */
  put(path: string, content: Uint8Array | undefined): void {
    if (content === undefined) {
      this.contents.delete(path);
      this.folders.get(folderOf(path))?.delete(nameOf(path));
      return;
    }
    this.contents.set(path, content);
    this.enter(path, 'file');
  }

  /** Makes a folder known (`.git`). */
  addFolder(path: string): void {
    if (!this.folders.has(path)) this.folders.set(path, new Map());
    this.enter(path, 'folder');
  }

  /** Takes out everything below a folder. */
  clear(folder: string): void {
    const inside = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
    for (const path of [...this.contents.keys()]) if (inside(path)) this.contents.delete(path);
    for (const path of [...this.folders.keys()]) if (inside(path)) this.folders.delete(path);
    this.folders.get(folderOf(folder))?.delete(nameOf(folder));
  }

  list(folder: string): readonly Entry[] | undefined {
    const entries = this.folders.get(folder);
    return entries && [...entries.values()];
  }

  exists(path: string): boolean {
    return this.contents.has(path) || this.folders.has(path);
  }

  read(path: string, limit: number): Uint8Array | ReadFault {
    const content = this.contents.get(path);
    if (!content) return this.folders.has(path) ? { fault: 'not-a-file', reason: 'a folder' } : missing;
    return content.length > limit ? { fault: 'too-large', reason: `larger than ${limit} bytes` } : content;
  }

  realPath(path: string): string | undefined {
    return this.exists(path) ? path : undefined;
  }

  private enter(path: string, kind: Entry['kind']): void {
    for (let at = path, of = kind; ; at = folderOf(at), of = 'folder') {
      const folder = folderOf(at);
      if (folder === at) return;
      let entries = this.folders.get(folder);
      const known = entries?.has(nameOf(at));
      if (!entries) {
        entries = new Map<string, Entry>();
        this.folders.set(folder, entries);
      }
      if (known) return;
      entries.set(nameOf(at), { name: nameOf(at), kind: of });
    }
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
