import type { Entry, Files, ReadFault } from '../project/files';
import { below } from '../project/discover';

/** Files as the user sees them: what is open in the editor stands over what is on disk. */
export class OverlaidFiles implements Files {
  private readonly open = new Map<string, () => string>();
  private readonly encoder = new TextEncoder();

  constructor(private readonly saved: Files) {}

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
    const entries = this.saved.list(folder);
    // A file that is open but was never saved is in its folder all the same, and so is a folder that leads to one.
    const unsaved = [...this.open.keys()].flatMap((path) => below(folder, path) || []);
    if (unsaved.length === 0) return entries;
    const all = new Map(entries?.map((entry) => [entry.name, entry]));
    for (const path of unsaved) {
      const [name, ...rest] = path.split('/');
      if (!all.has(name!)) all.set(name!, { name: name!, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return [...all.values()];
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
