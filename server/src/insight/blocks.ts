import { escaped } from '../engine/markdown';
import { escapeInvisible } from '../syntax/shown';

/**
 * An answer in blocks, rendered as Markdown or for a terminal. All strings are plain text: whatever is in
 * them, from files too, is escaped by the renderer.
 */
export type Block =
  | { readonly heading: string; readonly level: 1 | 2 | 3 }
  | { readonly text: string }
  | { readonly items: readonly Item[]; readonly numbered?: boolean }
  | { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };

export type Item = string | { readonly text: string; readonly items: readonly string[] };

/** Blocks as GitHub-flavoured Markdown. */
export function asMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if ('heading' in block) return `${'#'.repeat(block.level)} ${escaped(block.heading)}`;
    if ('text' in block) return escaped(block.text);
    if ('items' in block) {
      return listLines(
        block,
        (text, mark) => `${mark} ${escaped(text)}`,
        (text, mark) => `${' '.repeat(mark.length)} - ${escaped(text)}`,
      );
    }
    const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
    return [row(block.heads), `|${' --- |'.repeat(block.heads.length)}`, ...block.rows.map(row)].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

/**
 * Blocks for a terminal: headings underlined (bold in colour), tables in columns.
 * @param known tables that were laid out before, for many answers with tables in common
 */
export function asText(
  blocks: readonly Block[],
  color = false,
  known: WeakMap<Block, string> = new WeakMap<Block, string>(),
): string {
  const parts = blocks.map((block) => {
    if ('heading' in block) return heading(escapeInvisible(block.heading), block.level, color);
    if ('text' in block) return escapeInvisible(block.text);
    if ('items' in block) {
      return listLines(
        block,
        (text, mark) => `  ${mark} ${escapeInvisible(text)}`,
        (text) => `      ${escapeInvisible(text)}`,
      );
    }
    let table = known.get(block);
    if (table === undefined) {
      table = columns(
        [block.heads, ...block.rows].map((row) => row.map(escapeInvisible)),
        color,
      );
      known.set(block, table);
    }
    return table;
  });
  return `${parts.join('\n\n')}\n`;
}

/** The lines of a list. @param line that of an item, whose mark is `-` or its number @param inner those below it */
function listLines(
  { items, numbered }: { readonly items: readonly Item[]; readonly numbered?: boolean },
  line: (text: string, mark: string) => string,
  inner: (text: string, mark: string) => string,
): string {
  let lines = '';
  items.forEach((item, i) => {
    const mark = numbered ? `${i + 1}.` : '-';
    const text = typeof item === 'string' ? item : item.text;
    lines += `${i === 0 ? '' : '\n'}${line(text, mark)}`;
    if (typeof item === 'string') return;
    for (const below of item.items) lines += `\n${inner(below, mark)}`;
  });
  return lines;
}

function heading(text: string, level: number, color: boolean): string {
  if (color) return `\u001b[1m${text}\u001b[22m`;
  return level < 3 ? `${text}\n${(level === 1 ? '=' : '-').repeat(text.length)}` : text;
}

function columns(rows: readonly (readonly string[])[], color: boolean): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row, i) => {
      const line = row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
        .join('  ');
      return `  ${i === 0 && color ? `\u001b[4m${line}\u001b[24m` : line}`;
    })
    .join('\n');
}
