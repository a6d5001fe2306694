import type { Span } from '../../engine/locate';
import type { Lines } from '../../syntax/range';
import type { Paint } from './paint';
import { windowOf } from './window';

export interface FrameOptions {
  /** Columns there are for a line of the file, without number and margin. */
  readonly width: number;
  /** How many lines around the marked ones are shown. */
  readonly around: number;
  readonly paint: Paint;
  /** Makes the marks: `^` under the place of a finding, `-` under a related one. */
  readonly mark: (columns: number) => string;
}

// A value over many lines shows its beginning and its end.
const mostLines = 6;

/**
 * The lines of a file around a place, with numbers, and marks under exactly what the place covers; what does not
 * fit is cut where the place is not. Empty for a file without text.
 */
export function frame(lines: Lines, { from, to }: Span, options: FrameOptions): string[] {
  if (lines.text === '') return [];
  // A span that ends at the beginning of a line does not cover anything there.
  const last = to.column === 0 && to.line > from.line ? to.line - 1 : to.line;
  const first = Math.max(0, from.line - options.around);
  const end = Math.min(lines.count - 1, last + options.around);
  const numberWidth = String(end + 1).length;
  const rows: string[] = [];
  for (let n = first; n <= end; n++) {
    const marked = n >= from.line && n <= last;
    if (marked && last - from.line >= mostLines && n >= from.line + mostLines - 2 && n < last) {
      rows.push(row('⋮'.padStart(numberWidth)));
      n = last - 1;
      continue;
    }
    const text = lineOf(lines, n);
    const start = n === from.line ? from.column : indentOf(text);
    const stop = n === to.line ? to.column : text.length;
    const shown = windowOf(text, marked ? [start, stop] : undefined, options.width);
    if (!marked && shown.text.trim() === '') continue;
    rows.push(row(String(n + 1).padStart(numberWidth), shown.text));
    if (marked)
      rows.push(row(' '.repeat(numberWidth), ' '.repeat(shown.before) + options.mark(shown.marked)));
  }
  return rows;

  function row(number: string, text = ''): string {
    return `${options.paint('dim', `${number} │`)} ${text}`.trimEnd();
  }
}

/** A line without its end; costs nothing for a line that is the whole file. */
function lineOf(lines: Lines, line: number): string {
  const start = lines.offsetAt({ line, column: 0 });
  let end = lines.offsetAt({ line: line + 1, column: 0 });
  while (end > start && '\r\n'.includes(lines.text[end - 1]!)) end--;
  return lines.text.slice(start, end);
}

const indentOf = (text: string): number => text.length - text.trimStart().length;
