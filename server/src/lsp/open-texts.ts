import { maxBytes } from '../project/read-document';
import { decode } from '../syntax/decode';
import { OverlaidFiles } from './overlaid-files';
import type { Files } from '../project/files';

/** The texts that are open in the editor, over the files on disk. Paths are absolute, with `/`. */
export class OpenTexts {
  /** The files as the user sees them. */
  readonly files: OverlaidFiles;
  private readonly open = new Map<string, () => string>();

  constructor(files: Files) {
    this.files = new OverlaidFiles(files);
  }

  has(path: string): boolean {
    return this.open.has(path);
  }

  get paths(): Iterable<string> {
    return this.open.keys();
  }

  /** Puts an open text over a file. */
  put(path: string, text: () => string): void {
    this.open.set(path, text);
    // A text that is just what the editor made of the file's bytes says nothing new, and the bytes say more
    // (that they are no UTF-8).
    if (this.isSaved(path, text)) this.files.remove(path);
    else this.files.put(path, text);
  }

  /** Takes in that an open text is another one now. */
  edited(path: string): void {
    const text = this.open.get(path);
    if (text && !this.files.has(path)) this.files.put(path, text);
  }

  /** Takes an open text away again: what is on disk holds. */
  remove(path: string): void {
    this.open.delete(path);
    this.files.remove(path);
  }

  /**
   * Takes in that a file changed on disk. An open text that is just what was saved goes with its file: editors
   * keep documents open that nobody sees any more.
   */
  savedFileChanged(path: string): void {
    const text = this.open.get(path);
    if (!text) return;
    if (this.isSaved(path, text)) this.files.remove(path);
    else if (this.files.exists(path)) this.files.put(path, text);
  }

  /** The text of a file: the open one, else what is on disk; `undefined` where it can't be read. */
  textOf(path: string): string | undefined {
    const open = this.open.get(path)?.();
    if (open !== undefined) return open;
    const bytes = this.files.readSaved(path, maxBytes);
    return 'fault' in bytes ? undefined : new TextDecoder().decode(bytes);
  }

  private isSaved(path: string, text: () => string): boolean {
    const saved = this.files.readSaved(path, maxBytes);
    return !('fault' in saved) && isTextOf(saved, text());
  }
}

function isTextOf(bytes: Uint8Array, text: string): boolean {
  // Most texts differ in length from other bytes; decoding is for those that may be the same.
  if (bytes.length < text.length) return false;
  const saved = new TextDecoder().decode(bytes);
  // With a byte order mark, which is a blank in an open text, places are others; what can't be read has none.
  return saved === text || (` ${saved}` === text && 'fault' in decode(bytes));
}
