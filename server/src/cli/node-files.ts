import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Dirent,
} from 'node:fs';
import type { Entry, Files, ReadFault } from '../project/files';

type Kind = Entry['kind'];

/** One buffer for all reads; it grows with the first large file. */
let buffer = Buffer.allocUnsafeSlow(32 * 1024);

// A pipe or a device by a document's name must not hold the program up.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The file system, synchronously: faster than asynchronously for many small files, and simpler. */
export const nodeFiles: Files = {
  list(folder) {
    try {
      return readdirSync(native(folder), { withFileTypes: true }).map(entry);
    } catch {
      return undefined;
    }
  },

  exists(path) {
    try {
      return lstatSync(native(path), { throwIfNoEntry: false }) !== undefined;
    } catch {
      // below a file, say, or of a name that no file can have
      return false;
    }
  },

  read: readBytes,

  fromUtf8(bytes) {
    const text = (bytes instanceof Buffer ? bytes : Buffer.from(bytes)).toString();
    // Bytes that are no UTF-8 become replacement characters; so does a replacement character.
    return text.includes('\uFFFD') && !isUtf8(bytes) ? undefined : text;
  },

  realPath(path) {
    try {
      return slashed(realpathSync.native(native(path)));
    } catch {
      return undefined;
    }
  },
};

/** Reads a file into a buffer that the next read uses again: fewer calls than `readFileSync` makes. */
export function readBytes(path: string, limit: number): Uint8Array | ReadFault {
  let file: number;
  try {
    file = openSync(native(path), flags);
  } catch (error) {
    return faultOf(error);
  }
  try {
    let length = readSync(file, buffer, 0, Math.min(buffer.length, limit + 1), null);
    // Small regular files come in one go, and asking them for more costs a fifth of the whole reading.
    if (length >= 32 * 1024) length = readRest(file, length, limit + 1);
    if (length === 0 && !fstatSync(file).isFile()) return notAFile;
    if (length > limit) return { fault: 'too-large', reason: `larger than ${limit} bytes` };
    return buffer.subarray(0, length);
  } catch (error) {
    return faultOf(error);
  } finally {
    closeSync(file);
  }
}

/** Reads on until the file or `most` bytes end. Returns how many bytes there are in all. */
function readRest(file: number, length: number, most: number): number {
  for (;;) {
    if (length === most) return length;
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(most, 4 * buffer.length));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    const more = readSync(file, buffer, length, Math.min(buffer.length, most) - length, null);
    if (more === 0) return length;
    length += more;
  }
}

const notAFile: ReadFault = { fault: 'not-a-file', reason: 'not a regular file' };

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
};

function faultOf(error: unknown): ReadFault {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EISDIR') return { fault: 'not-a-file', reason: 'a folder by the name of a file' };
  if (code === 'EAGAIN' || code === 'ENXIO') return notAFile;
  const reason = reasons[code] ?? (code || String(error));
  return { fault: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', reason };
}

function entry(found: Dirent): Entry {
  return { name: found.name, kind: kindOf(found) };
}

function kindOf(found: Dirent): Kind {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

const windows = process.platform === 'win32';

/** A path of the system with `/`. */
export const slashed = (path: string): string => (windows ? path.replaceAll('\\', '/') : path);

// Windows takes `/` too, but for paths of more than 260 characters.
const native = (path: string): string => (windows && path.length > 240 ? path.replaceAll('/', '\\') : path);
