import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from './git';

const pieceLength = 1 << 20;

/**
 * Runs git in a folder and hands over what it wrote, by way of a file: it writes four kilobytes at a time, and through a
 * pipe each of them wakes this process up, which takes longer than to unpack them.
 * @returns whether all was handed over; else nothing was: there is no place for the file, or git failed
 */
export async function spoolGit(
  cwd: string,
  args: readonly string[],
  input: string,
  take: (piece: Buffer) => void,
): Promise<boolean> {
  const spool = openSpool();
  if (!spool) return false;
  try {
    if ((await runGit(cwd, args, input, spool.file)) !== undefined) return false;
    for (let at = 0; ;) {
      // one for each piece: what is in it is kept
      const piece = Buffer.allocUnsafeSlow(pieceLength);
      const length = readSync(spool.file, piece, 0, pieceLength, at);
      if (length === 0) return true;
      take(piece.subarray(0, length));
      at += length;
      // a language server has others to answer
      await new Promise(setImmediate);
    }
  } finally {
    spool.close();
  }
}

interface Spool {
  readonly file: number;
  close(): void;
}

/** A file in a folder that nobody else may look into; of neither is anything left, even where the process is killed. */
function openSpool(): Spool | undefined {
  let folder: string | undefined;
  const remove = (): void => {
    try {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Windows removes no folder of a file that is open: it is tried again when that is closed
    }
  };
  try {
    folder = mkdtempSync(join(tmpdir(), 'kea-policy-'));
    const file = openSync(join(folder, 'git'), 'wx+', 0o600);
    remove();
    return {
      file,
      close() {
        closeSync(file);
        remove();
      },
    };
  } catch {
    remove();
    return undefined;
  }
}
