import type { UriOf } from '../insight/linked';
import type { Files } from '../project/files';

/** What the server needs of the world that it runs in; the entries hand it in. */
export interface Runtime {
  /** The file system; `undefined` where there is none (a worker): then the client sends the files. */
  readonly files: Files | undefined;
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Calls back when input that is waiting has been taken in. */
  soon(callback: () => void): void;
  /** Calls back after a time in milliseconds; does not keep the program alive. Returns what cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  /**
   * Tells of what changes in a folder itself, by absolute path; for clients that can't watch. Returns what ends
   * it; `undefined` where it can't be done.
   */
  watch?(folder: string, changed: (path: string) => void): (() => void) | undefined;
  /** The comparison of two states of a project in git, as Markdown with links to its files; where there is git. */
  diff?(
    folder: string,
    base: string,
    uriOf: UriOf,
  ): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }>;
  readonly version: string;
}
