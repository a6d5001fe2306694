import { visible } from './visible';

/**
 * Rows as CSV (RFC 4180). What is in a cell may come from a file: one that a spreadsheet would take for a formula gets
 * a leading `'`, and what a terminal would obey or nobody would see is shown escaped.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  const shown = safe.replace(/[^\t\r\n]+/g, visible);
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
