import type { Row } from '../lazy/csv';
import type { TableKind } from './columns';
import { entriesOf, type Entry } from './entries';
import { configFaults, documentFiles, laidOut, type NewFile } from './files';
import { tableOf } from './table';

/** What a table comes to: files to be written, and what to say about it; or what is wrong, a line each. */
export type Imported =
  | { readonly wrong: readonly string[] }
  | {
      readonly kind: TableKind;
      readonly files: readonly NewFile[];
      /** Of a table of agents: what the config is to say about them. */
      readonly agents: readonly Entry['value'][];
      readonly notes: readonly string[];
    };

/** Makes files of the rows of a table. Nothing of it is good where one row is bad. */
export function imported(rows: readonly Row[], asked?: TableKind): Imported {
  const table = tableOf(rows, asked);
  if ('wrong' in table) return { wrong: [table.wrong] };
  const { kind, left, acceptance } = table;
  if (table.rows.length === 0) return { wrong: ['it has no row below the names of its columns'] };
  const { entries, faults } = entriesOf(table);
  const agents = kind === 'agents' ? entries.map(({ value }) => value) : [];
  const made =
    kind === 'agents'
      ? { files: [], faults: configFaults(laidOut({ agents }), entries) }
      : documentFiles(entries);
  const wrong = [...faults, ...made.faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (wrong.length > 0)
    return { wrong: wrong.map(({ line, why }) => (line === undefined ? why : `row ${line}: ${why}`)) };
  const others = left.filter((header) => !acceptance.includes(header));
  const on = entries.filter(({ value }) => (value.ksn as { enabled?: boolean } | undefined)?.enabled).length;
  return {
    kind,
    files: made.files,
    agents,
    notes: [
      ...(others.length > 0 ? [`Columns that are not taken: ${others.join(', ')}.`] : []),
      ...(acceptance.length > 0
        ? [
            `An acceptance is never taken from a table (${acceptance.join(', ')}): kea-policy accept records one.`,
          ]
        : []),
      ...(on > 0
        ? [`KSN usage is on in ${on} of them: each needs an acceptance of its own (kea-policy accept).`]
        : []),
    ],
  };
}
