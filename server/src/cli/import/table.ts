import { listed } from '../../syntax/shown';
import type { Row } from '../lazy/csv';
import { columnOf, columnsOfKind, kindOf, type Column, type TableKind } from './columns';

/** A table whose columns are known. */
export interface Table {
  readonly kind: TableKind;
  readonly rows: readonly TableRow[];
  /** How the columns are called in this table. */
  readonly headers: ReadonlyMap<Column, string>;
  /** Headers of columns that are not taken, and of those about an acceptance among them. */
  readonly left: readonly string[];
  readonly acceptance: readonly string[];
}

export interface TableRow {
  /** Line of the file that the row ends on, from 1. */
  readonly line: number;
  /** The cells that are not empty. */
  readonly cells: ReadonlyMap<Column, string>;
}

/** Finds out what the rows of a file say; in words why that can't be told. */
export function tableOf(rows: readonly Row[], asked?: TableKind): Table | { readonly wrong: string } {
  const [header, ...body] = rows;
  if (!header) return { wrong: 'it is empty' };
  const found = header.cells.map(columnOf);
  const named = new Set(
    found.filter((column): column is Column => column !== undefined && column !== 'acceptance'),
  );
  const kind = asked ?? kindOf(named);
  if (!kind) {
    return {
      wrong: `its first row has to name the columns, such as ${example('policies')}; it has ${listed(
        header.cells.map((cell) => `"${cell}"`),
        'and',
      )}`,
    };
  }
  const [needed, others] = columnsOfKind[kind];
  const missing = needed.filter((column) => !named.has(column));
  if (missing.length > 0) {
    return { wrong: `a table of ${kind} needs ${listed(missing, 'and')} (${example(kind)})` };
  }
  const taken = new Set<Column>([...needed, ...others]);
  const at = new Map<Column, number>();
  for (const [i, column] of found.entries()) {
    if (column === undefined || column === 'acceptance' || !taken.has(column)) continue;
    const other = at.get(column);
    if (other !== undefined) {
      return { wrong: `its columns "${header.cells[other]}" and "${header.cells[i]}" say the same` };
    }
    at.set(column, i);
  }
  const left = header.cells.filter((cell, i) => cell !== '' && ![...at.values()].includes(i));
  return {
    kind,
    headers: new Map([...at].map(([column, i]) => [column, header.cells[i]!])),
    rows: body.map(({ cells, line }) => ({ line, cells: filled(cells, at) })),
    left,
    acceptance: left.filter((cell) => columnOf(cell) === 'acceptance'),
  };
}

function filled(cells: readonly string[], at: ReadonlyMap<Column, number>): ReadonlyMap<Column, string> {
  const found = new Map<Column, string>();
  for (const [column, i] of at) {
    const cell = cells[i];
    if (cell !== undefined && cell !== '') found.set(column, cell);
  }
  return found;
}

const example = (kind: TableKind): string => columnsOfKind[kind].flat().slice(0, 4).join(', ');
