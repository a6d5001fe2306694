/** A half-open stretch of a text: 0-based offsets in UTF-16 code units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place in a text: line and column both count from 0, the column in UTF-16 code units (as in LSP). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns. Line ends are `\n`, `\r\n` and a lone `\r`. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    // Nearly no file has another line end, and looking for one is faster than looking at each character.
    if (!text.includes('\r')) {
      for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
      return;
    }
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 13 && text.charCodeAt(i + 1) === 10) continue;
      if (c === 10 || c === 13) this.starts.push(i + 1);
    }
  }

  /** How many lines the text has; an empty text has one. */
  get count(): number {
    return this.starts.length;
  }

  /** The place of an offset; offsets outside the text are moved to its ends. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low, column: at - this.starts[low]! };
  }

  /** The offset of a place; places outside the text are moved to the nearest one inside. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.starts[position.line];
    if (start === undefined) return this.text.length;
    const next = this.starts[position.line + 1] ?? this.text.length;
    return Math.max(start, Math.min(start + position.column, next));
  }

  /** The text of a line (0-based) without its line end. */
  line(line: number): string {
    const start = this.starts[line] ?? this.text.length;
    const end = this.starts[line + 1] ?? this.text.length;
    return this.text.slice(start, end).replace(/[\r\n]+$/, '');
  }
}
