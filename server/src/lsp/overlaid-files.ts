import type { Entry, Files, ReadFault } from '../project/files';
import { folderOf } from '../project/discover';

/** Files as the user sees them: what is open in the editor stands over what is on disk. */
export class OverlaidFiles implements Files {
  private readonly open = new Map<string, () => string>();
  /** What is in a folder by what is open; made when it is asked for. */
  private openIn: ReadonlyMap<string, ReadonlyMap<string, Entry>> | undefined;
  private readonly encoder = new TextEncoder();

  constructor(private readonly saved: Files) {}

  /** Puts a text over the file at a path, asked for whenever it is read. */
  put(path: string, text: () => string): void {
    if (!this.open.has(path)) this.openIn = undefined;
    this.open.set(path, text);
  }

  remove(path: string): void {
    if (this.open.delete(path)) this.openIn = undefined;
  }

  /** The open text at a path. */
  text(path: string): string | undefined {
    return this.open.get(path)?.();
  }

  has(path: string): boolean {
    return this.open.has(path);
  }

  list(folder: string): readonly Entry[] | undefined {
    const entries = this.saved.list(folder);
    // A file that is open but was never saved is in its folder all the same, and so is a folder that leads to one.
    const open = (this.openIn ??= this.byFolder()).get(folder);
    if (!open) return entries;
    const saved = new Set(entries?.map(({ name }) => name));
    return [...(entries ?? []), ...[...open.values()].filter(({ name }) => !saved.has(name))];
  }

  private byFolder(): ReadonlyMap<string, ReadonlyMap<string, Entry>> {
    const folders = new Map<string, Map<string, Entry>>();
    for (const path of this.open.keys()) {
      let kind: Entry['kind'] = 'file';
      for (let at = path, folder = folderOf(at); folder !== at; at = folder, folder = folderOf(at)) {
        const name = at.slice(at.lastIndexOf('/') + 1);
        const entries = folders.get(folder);
        if (entries?.has(name)) break;
        if (entries) entries.set(name, { name, kind });
        else folders.set(folder, new Map([[name, { name, kind }]]));
        kind = 'folder';
      }
    }
    return folders;
  }

  exists(path: string): boolean {
    return this.open.has(path) || this.saved.exists(path);
  }

  read(path: string, limit: number): Uint8Array | ReadFault {
    const text = this.text(path);
    if (text === undefined) return this.saved.read(path, limit);
    const bytes = this.encoder.encode(text);
    return bytes.length > limit ? { fault: 'too-large', reason: `larger than ${limit} bytes` } : bytes;
  }

  /** What is on disk, whatever is open. */
  readSaved(path: string, limit: number): Uint8Array | ReadFault {
    return this.saved.read(path, limit);
  }

  realPath(path: string): string | undefined {
    return this.saved.realPath(path) ?? (this.open.has(path) ? path : undefined);
  }
}
