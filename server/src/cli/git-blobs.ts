/** A larger file is not kept: nothing that is read may be a tenth of it. */
const mostBytes = 16 * 1024 * 1024;

/** Git writes a few kilobytes at a time: to look at each piece by itself would take longer than reading the files. */
const worthLooking = 64 * 1024;

/** Takes what `git cat-file --batch` writes, piece by piece, and hands the contents over in their order. */
export class Blobs {
  private pieces: Buffer[] = [];
  private length = 0;
  /** So many bytes have to be there before it is worth looking. */
  private needed = worthLooking;
  /** So many bytes that come next are none of ours. */
  private skipped = 0;

  /** @param take called for each content; without it for one that is too large */
  constructor(private readonly take: (bytes: Uint8Array | undefined) => void) {}

  push(piece: Buffer): void {
    const skip = Math.min(this.skipped, piece.length);
    this.skipped -= skip;
    // nothing of it: to keep even that would hold its bytes in memory
    if (skip === piece.length) return;
    this.pieces.push(skip === 0 ? piece : piece.subarray(skip));
    this.length += piece.length - skip;
    if (this.length >= this.needed) this.look();
  }

  /** Takes what is there once there is no more. */
  end(): void {
    if (this.length > 0) this.look();
  }

  private look(): void {
    const [first] = this.pieces;
    const bytes = this.pieces.length === 1 ? first! : Buffer.concat(this.pieces);
    const rest = bytes.subarray(this.takeFrom(bytes));
    this.pieces = rest.length === 0 ? [] : [rest];
    this.length = rest.length;
  }

  /** Takes all that is there as a whole; returns how many bytes that is. */
  private takeFrom(bytes: Buffer): number {
    for (let at = 0; ;) {
      // `ID blob SIZE`, a line end, the bytes, a line end
      const start = bytes.indexOf(10, at) + 1;
      if (start === 0) {
        this.needed = worthLooking;
        return at;
      }
      const size = sizeBefore(bytes, start - 1);
      // `ID missing`: what follows is said by how many contents there were
      if (size === undefined) {
        at = start;
        continue;
      }
      const end = start + size + 1;
      if (size > mostBytes) {
        this.take(undefined);
        this.skipped = Math.max(0, end - bytes.length);
        at = Math.min(end, bytes.length);
      } else if (end > bytes.length) {
        this.needed = Math.max(worthLooking, end - at);
        return at;
      } else {
        this.take(bytes.subarray(start, start + size));
        at = end;
      }
    }
  }
}

/** The number that ends before an offset, which a blank is in front of; `undefined` where none does. */
function sizeBefore(bytes: Buffer, end: number): number | undefined {
  let size = 0;
  let worth = 1;
  let at = end - 1;
  for (; at >= 0 && bytes[at]! >= 48 && bytes[at]! <= 57; at--) {
    size += worth * (bytes[at]! - 48);
    worth *= 10;
  }
  return at < end - 1 && bytes[at] === 32 ? size : undefined;
}
