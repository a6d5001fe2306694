import { shown } from '../../syntax/shown';
import { columnsOfKind, type Column, type TableKind } from './columns';
import type { Table, TableRow } from './table';
import { enforcement, group, items, status, truth, wholeNumber, type Value } from './values';

/** A row as a value of the language: a policy, a device, or an entry of the config's `agents`. */
export interface Entry {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What is wrong with a row, or with all of them together, in words. */
export interface Fault {
  readonly line: number | undefined;
  readonly why: string;
}

/** What the rows of a table come to, and what is wrong with them. No acceptance is ever among them. */
export function entriesOf({ kind, rows, headers }: Table): {
  readonly entries: readonly Entry[];
  readonly faults: readonly Fault[];
} {
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  for (const row of rows) {
    const cells = new Cells(row, headers, faults);
    const [needed] = columnsOfKind[kind];
    const missing = needed.filter((column) => !row.cells.has(column));
    for (const column of missing) cells.fault(column, 'is empty');
    const value = makers[kind](cells);
    if (missing.length === 0) entries.push({ line: row.line, value });
  }
  return { entries, faults };
}

/** The cells of a row; what is wrong with one is kept as a fault of its line, in the words of the table's header. */
class Cells {
  constructor(
    private readonly row: TableRow,
    private readonly headers: ReadonlyMap<Column, string>,
    private readonly faults: Fault[],
  ) {}

  fault(column: Column, why: string): void {
    this.faults.push({ line: this.row.line, why: `${shown(this.headers.get(column) ?? column)} ${why}` });
  }

  text(column: Column): string | undefined {
    return this.row.cells.get(column);
  }

  read<T>(column: Column, reader: (cell: string) => Value<T>): T | undefined {
    const cell = this.text(column);
    const read = cell === undefined ? undefined : reader(cell);
    if (read && 'wrong' in read) this.fault(column, `has ${read.wrong}`);
    return read && 'value' in read ? read.value : undefined;
  }

  list<T>(column: Column, item: (text: string) => T): T[] | undefined {
    const cell = this.text(column);
    return cell === undefined ? undefined : items(cell).map(item);
  }
}

const upper = (text: string): string => text.toUpperCase();

const makers: Readonly<Record<TableKind, (cells: Cells) => Readonly<Record<string, unknown>>>> = {
  policies: (cells) => ({
    formatVersion: 1,
    kind: 'policy',
    ...common(cells),
    ...some({ status: cells.read('status', status) }),
    ...some({
      inheritance: some({
        inheritFromParent: cells.read('inheritFromParent', truth),
        forceInChildren: cells.read('forceInChildren', truth),
      }),
    }),
    ...some({
      plugin: some({
        version: cells.text('pluginVersion'),
        statementVersion: cells.text('pluginStatementVersion'),
      }),
    }),
    ...some({ regions: cells.list('regions', upper) }),
    ksn: { enforcement: cells.read('enforcement', enforcement) ?? 'undefined', ...ksn(cells) },
  }),
  devices: (cells) => ({
    formatVersion: 1,
    kind: 'device',
    ...common(cells),
    agent: agent(cells),
    ...some({ regions: cells.list('regions', upper) }),
    ksn: ksn(cells),
  }),
  agents: (cells) => ({
    ...agent(cells),
    ...some({
      hosts: cells.read('hosts', wholeNumber),
      administrationGroups: cells.list('administrationGroup', group),
    }),
  }),
};

function common(cells: Cells) {
  return {
    name: cells.text('name'),
    ...some({ description: cells.text('description') }),
    administrationGroup: group(cells.text('administrationGroup') ?? ''),
  };
}

function agent(cells: Cells) {
  return {
    version: cells.text('agentVersion'),
    ...some({ statementVersion: cells.text('statementVersion') }),
  };
}

function ksn(cells: Cells) {
  return some({
    enabled: cells.read('enabled', truth),
    useKscAsKsnProxy: cells.read('useKscAsKsnProxy', truth),
  });
}

/** The members that have a value; `undefined` members and empty objects are left out. */
function some(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) =>
        value !== undefined &&
        !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value as object).length === 0),
    ),
  );
}
