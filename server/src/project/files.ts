import type { FromUtf8 } from '../syntax/decode';

/** An entry of a folder. `link` is a symbolic link, whatever it leads to. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** Why a file could not be read. */
export interface ReadFault {
  readonly fault: 'missing' | 'unreadable' | 'too-large' | 'not-a-file';
  /** In words, for the finding: the system's reason. */
  readonly reason: string;
}

/**
 * The files of the outside world, as the project sees them; made by whoever starts the program. Paths are
 * absolute, with `/`. Nothing here throws. Answers are at once: a face that can only ask asynchronously (a
 * browser) collects what discovery needs beforehand.
 */
export interface Files {
  /** The entries of a folder in any order; `undefined` where it can't be listed. */
  list(folder: string): readonly Entry[] | undefined;
  /** Whether there is anything by that name, a link that leads nowhere included. */
  exists(path: string): boolean;
  /** A whole file; one over `limit` bytes is refused. The bytes may be overwritten by the next `read`. */
  read(path: string, limit: number): Uint8Array | ReadFault;
  /** The text of a file that is open in an editor, which may hold what no bytes can; `undefined` for another one. */
  text?(path: string): string | undefined;
  /** A faster way to decode than the platform's `TextDecoder`, where there is one. */
  readonly fromUtf8?: FromUtf8;
  /** The path with all links resolved; `undefined` where there is no such file. */
  realPath(path: string): string | undefined;
}
