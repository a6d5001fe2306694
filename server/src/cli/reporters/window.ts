import { columnsOf, visible } from '../visible';

/** A line of a file as a terminal shows it. */
export interface Window {
  readonly text: string;
  /** Columns before the marked part, and of it (at least 1). */
  readonly before: number;
  readonly marked: number;
}

/** A piece of a line that is shown whole or not at all; `at` is where it begins in the line, in UTF-16 units. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  readonly at: number;
}

const tabStop = 4;

/**
 * As much of a line as fits into `width` columns, the marked part `[start, stop)` (UTF-16 units) in sight. Tabs
 * become blanks, what can't be seen is escaped; what is cut off shows as `…`.
 */
export function windowOf(line: string, mark: readonly [number, number] | undefined, width: number): Window {
  const [start, stop] = mark ?? [0, 0];
  // A line may be a whole file: only what could be in sight is looked at.
  const from = boundary(line, start > 2 * width ? start - width : 0);
  const to = boundary(line, Math.min(line.length, Math.max(from, start) + 2 * width));
  const all = cells(line.slice(from, to), from);
  const before = all.filter(({ at }) => at < start);
  const within = all.filter(({ at }) => at >= start && at < stop);
  let skip = 0;
  // The marked part begins at a third of the width, unless it fits with all that is before it.
  if (from > 0 || (!fits(all) && columns(before) + columns(within) >= width)) {
    for (let room = columns(before) - Math.floor(width / 3); room > 0 && skip < before.length;) {
      room -= all[skip++]!.columns;
    }
  }
  const lead = from > 0 || skip > 0 ? '…' : '';
  let end = all.length;
  if (to < line.length || columns(all.slice(skip)) + lead.length > width) {
    const room = width - lead.length - 1;
    end = skip;
    for (let taken = 0; end < all.length && taken + all[end]!.columns <= room;) taken += all[end++]!.columns;
  }
  const seen = all.slice(skip, end);
  return {
    text: lead + seen.map(({ text }) => text).join('') + (end < all.length || to < line.length ? '…' : ''),
    before: lead.length + columns(seen.filter(({ at }) => at < start)),
    marked: Math.max(1, columns(seen.filter(({ at }) => at >= start && at < stop))),
  };

  function fits(cells: readonly Cell[]): boolean {
    return to === line.length && columns(cells) <= width;
  }
}

const columns = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.columns, 0);

/** The nearest place at or before an offset that is not within a surrogate pair. */
function boundary(line: string, offset: number): number {
  return /[\udc00-\udfff]/.test(line[offset] ?? '') && offset > 0 ? offset - 1 : offset;
}

function cells(text: string, from: number): Cell[] {
  const found: Cell[] = [];
  let at = from;
  let column = 0;
  const characters = [...text];
  characters.forEach((character, i) => {
    const shown = character === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : visible(character);
    // What is escaped is as wide as it is long.
    const own = shown === character ? columnsOf(character, characters[i + 1]) : shown.length;
    found.push({ text: shown, columns: own, at });
    at += character.length;
    column += own;
  });
  return found;
}
