import type { Entry, Files, ReadFault } from '../project/files';
import { folderOf } from '../project/discover';

/** Files as the user sees them: what is open in the editor stands over what is on disk. */
export class OverlaidFiles implements Files {
  private readonly open = new Map<string, () => string>();
  private readonly encoder = new TextEncoder();

  constructor(private readonly below: Files) {}

  /** Puts a text over the file at a path, asked for whenever it is read. */
  put(path: string, text: () => string): void {
    this.open.set(path, text);
  }

  remove(path: string): void {
    this.open.delete(path);
  }

  /** The open text at a path. */
  text(path: string): string | undefined {
    return this.open.get(path)?.();
  }

  has(path: string): boolean {
    return this.open.has(path);
  }

  list(folder: string): readonly Entry[] | undefined {
    const entries = this.below.list(folder);
    // A file that is open but was never saved is in its folder all the same.
    const unsaved = [...this.open.keys()].filter((path) => folderOf(path) === folder);
    if (unsaved.length === 0) return entries;
    const names = new Set(entries?.map((entry) => entry.name));
    const added = unsaved
      .map((path) => path.slice(path.lastIndexOf('/') + 1))
      .filter((name) => !names.has(name));
    if (added.length === 0) return entries;
    return [...(entries ?? []), ...added.map((name): Entry => ({ name, kind: 'file' }))];
  }

  exists(path: string): boolean {
    return this.open.has(path) || this.below.exists(path);
  }

  read(path: string, limit: number): Uint8Array | ReadFault {
    const text = this.text(path);
    if (text === undefined) return this.below.read(path, limit);
    const bytes = this.encoder.encode(text);
    return bytes.length > limit ? { fault: 'too-large', reason: `larger than ${limit} bytes` } : bytes;
  }

  /** What is on disk, whatever is open. */
  readSaved(path: string, limit: number): Uint8Array | ReadFault {
    return this.below.read(path, limit);
  }

  realPath(path: string): string | undefined {
    return this.below.realPath(path) ?? (this.open.has(path) ? path : undefined);
  }
}
