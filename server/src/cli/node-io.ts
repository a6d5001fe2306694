import * as fs from 'node:fs';
import { builtin } from './builtin';
import { OutputFailed, type Io, type Output } from './io';
import { nodeFiles, slashed } from './node-files';

/** The outside world of a process, for the command line. */
export function nodeIo(): Io {
  return {
    stdout: output(1),
    stderr: output(2),
    stdin: {
      get isTTY() {
        return isTerminal(0);
      },
      read: readInput,
    },
    env: process.env,
    cwd: slashed(process.cwd()),
    now: Date.now,
    files: nodeFiles,
    write: replaceFile,
    append: (path, content) => attempt(() => fs.appendFileSync(path, content)),
    ask,
  };
}

// `process.stdout` costs a millisecond or two to make, and may lose its end where a pipe is slow.
function output(file: 1 | 2): Output {
  let closed = false;
  return {
    get isTTY() {
      return isTerminal(file);
    },
    get columns() {
      return isTerminal(file) ? (file === 1 ? process.stdout : process.stderr).columns : undefined;
    },
    write(text) {
      for (let start = 0; start < text.length && !closed;) {
        const end = endOfPart(text, start);
        closed = !writeAll(file, bytesOf(text.slice(start, end)));
        start = end;
      }
    },
    writeEach(pieces) {
      for (const piece of pieces) {
        this.write(piece);
        if (closed) return;
      }
    },
  };
}

/** Text is encoded here, part by part: to get as much memory as a large answer takes would take longer. */
let scratch: Buffer | undefined;
const partLength = 1 << 17;
// three bytes are the most that a UTF-16 unit becomes
const scratchLength = 3 * partLength;

/** Where the part of a text that begins at `start` ends: never between the halves of a surrogate pair. */
function endOfPart(text: string, start: number): number {
  const end = start + partLength;
  if (end >= text.length) return text.length;
  return (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end - 1 : end;
}

/** The bytes of a part of a text, until the next one. */
function bytesOf(text: string): Uint8Array {
  if (text.length < 4096) return Buffer.from(text);
  scratch ??= Buffer.allocUnsafeSlow(scratchLength);
  return scratch.subarray(0, scratch.write(text));
}

const terminals = new Map<number, boolean>();

function isTerminal(file: number): boolean {
  let known = terminals.get(file);
  if (known === undefined) {
    // Only a character device can be a terminal; asking for that first spares loading `tty`.
    known = isCharacterDevice(file) && builtin('node:tty').isatty(file);
    terminals.set(file, known);
  }
  return known;
}

function isCharacterDevice(file: number): boolean {
  try {
    return fs.fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

// The last one is of a socket whose other end was closed before it had read all: programs are often joined by one.
const gone = new Set(['EPIPE', 'EOF', 'EBADF', 'ECONNRESET']);

/** @returns whether anybody still reads; throws `OutputFailed` where the system does not take standard output */
function writeAll(file: number, bytes: Uint8Array): boolean {
  for (let done = 0; done < bytes.length;) {
    try {
      done += fs.writeSync(file, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (gone.has(code ?? '')) return false;
      if (code === 'EAGAIN') {
        pause(2); // a pipe that the other side has made non-blocking is full
        continue;
      }
      if (file === 2) return false; // there is nowhere left to say so
      throw new OutputFailed(reasonOf(error));
    }
  }
  return true;
}

function readInput(): Uint8Array {
  const pieces: Buffer[] = [];
  const piece = Buffer.allocUnsafe(64 * 1024);
  for (;;) {
    try {
      const length = fs.readSync(0, piece, 0, piece.length, null);
      if (length === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, length)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') break;
      if (code !== 'EAGAIN') throw error;
      pause(5);
    }
  }
  return Buffer.concat(pieces);
}

const pause = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

/** Writes beside the file and renames: whoever reads sees the old content or the new, never a part. */
function replaceFile(path: string, content: string | Uint8Array): string | undefined {
  return attempt(() => {
    const target = fs.existsSync(path) ? fs.realpathSync(path) : path;
    const before = fs.statSync(target, { throwIfNoEntry: false });
    const slash = Math.max(target.lastIndexOf('/'), target.lastIndexOf('\\'));
    if (slash > 0) fs.mkdirSync(target.slice(0, slash), { recursive: true });
    if (before && !before.isFile()) {
      fs.writeFileSync(target, content); // /dev/stdout and the like can't be replaced
      return;
    }
    const beside = `${target.slice(0, slash + 1)}.${target.slice(slash + 1)}.${process.pid}.tmp`;
    try {
      // Left behind by a process of the same number that was killed: in a container, the number is mostly 1.
      fs.rmSync(beside, { force: true });
      fs.writeFileSync(beside, content, { mode: before ? before.mode : 0o666, flag: 'wx' });
      if (before) fs.chmodSync(beside, before.mode);
      fs.renameSync(beside, target);
    } catch (error) {
      fs.rmSync(beside, { force: true });
      throw error;
    }
  });
}

/** @returns the system's reason where it failed */
function attempt(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** `EACCES: permission denied, open '…'`, without the file that is meant: that is said by whoever asked. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return /^[A-Z]+: ([^,]+), /.exec(message)?.[1] ?? message;
}

async function ask(question: string): Promise<string | undefined> {
  if (!isTerminal(0)) return undefined;
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(undefined));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
