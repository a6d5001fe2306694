import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import type { Entry, Files, ReadFault } from '../project/files';

type Kind = Entry['kind'];

/** One buffer for all reads, a byte larger than the largest document: a full one tells that there is more. */
let buffer = Buffer.allocUnsafeSlow(0);

// A pipe or a device by a document's name must not hold the program up.
const flags = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/** The file system, synchronously: faster than asynchronously for many small files, and simpler. */
export const nodeFiles: Files = {
  list(folder) {
    try {
      return fs.readdirSync(native(folder), { withFileTypes: true }).map(entry);
    } catch {
      return undefined;
    }
  },

  exists: (path) => fs.lstatSync(native(path), { throwIfNoEntry: false }) !== undefined,

  read: readBytes,

  fromUtf8(bytes) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    // Bytes that are no UTF-8 become replacement characters; so does a replacement character.
    return text.includes('\uFFFD') && !isUtf8(bytes) ? undefined : text;
  },

  realPath(path) {
    try {
      return slashed(fs.realpathSync.native(native(path)));
    } catch {
      return undefined;
    }
  },
};

const surelyWhole = 32 * 1024;

/** Reads a file into a buffer that the next read uses again: fewer calls than `readFileSync` makes. */
export function readBytes(path: string, limit: number): Uint8Array | ReadFault {
  if (buffer.length <= limit) buffer = Buffer.allocUnsafeSlow(limit + 1);
  let file: number;
  try {
    file = fs.openSync(native(path), flags);
  } catch (error) {
    return faultOf(error);
  }
  try {
    let length = fs.readSync(file, buffer, 0, limit + 1, null);
    // Small regular files come in one go, and asking them for more costs a fifth of the whole reading.
    while (length > surelyWhole && length <= limit) {
      const more = fs.readSync(file, buffer, length, limit + 1 - length, null);
      if (more === 0) break;
      length += more;
    }
    if (length === 0 && !fs.fstatSync(file).isFile()) return notAFile;
    if (length > limit) return { fault: 'too-large', reason: `larger than ${limit} bytes` };
    return buffer.subarray(0, length);
  } catch (error) {
    return faultOf(error);
  } finally {
    fs.closeSync(file);
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

function entry(found: fs.Dirent): Entry {
  return { name: found.name, kind: kindOf(found) };
}

function kindOf(found: fs.Dirent): Kind {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

const windows = process.platform === 'win32';

/** A path of the system with `/`. */
export const slashed = (path: string): string => (windows ? path.replaceAll('\\', '/') : path);

// Windows takes `/` too, but for paths of more than 260 characters.
const native = (path: string): string => (windows && path.length > 240 ? path.replaceAll('/', '\\') : path);
