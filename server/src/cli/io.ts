import type { Files } from '../project/files';
import { visible } from './visible';

/** Where a command writes text; nothing is added to what is written. */
export interface Output {
  /** Whether a person looks at it. */
  readonly isTTY: boolean;
  /** Columns of the terminal; `undefined` off a terminal. */
  readonly columns: number | undefined;
  /** Throws `OutputFailed` where the system does not take it; where nobody reads any more, it is dropped. */
  write(text: string): void;
  /** Writes pieces as they are made; once nobody reads, no more of them are asked for. */
  writeEach(pieces: Iterable<string>): void;
}

/** Everything of the outside world that a command touches; made in cli.ts, replaced in tests. */
export interface Io {
  /** Results. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
  readonly stdin: {
    readonly isTTY: boolean;
    /** All of standard input. */
    read(): Uint8Array;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current folder: absolute, with `/` and without one at the end (but for a root itself). */
  readonly cwd: string;
  /** Milliseconds since 1970 UTC. */
  now(): number;
  readonly files: Files;
  /**
   * Writes a file in one step: beside it first, then renamed over it, mode kept; folders that are missing are
   * made. Never leaves half a file.
   * @returns the system's reason where that failed (nothing is changed then)
   */
  write(path: string, content: string | Uint8Array): string | undefined;
  /** Adds to the end of a file. @returns the system's reason where that failed */
  append(path: string, content: string): string | undefined;
  /** Asks on the terminal; `undefined` where there is none or its input has ended. */
  ask(question: string): Promise<string | undefined>;
}

/** Standard output can't be written: a disk is full, say. Its message is the system's reason. */
export class OutputFailed extends Error {}

/** Exit codes; other programs rely on them. */
export const exit = {
  ok: 0,
  findings: 1,
  usage: 2,
  nothing: 3,
  fault: 70,
} as const;

/** Says in one line on standard error why a command can't be carried out, and returns the exit code for that. */
export function refuse(io: Io, reason: string): number {
  io.stderr.write(`kea-policy: ${visible(reason)}\n`);
  return exit.usage;
}
