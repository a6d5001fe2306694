import { parse } from 'csv-parse/sync';
import type { TableText } from '../import/table-text';

/** A row of a table: its cells without blanks around them, and the line of the file that it ends on, from 1. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The rows of a table in CSV from a line on, empty ones left out; or in words why it is none. */
export function readCsv({ text, delimiter, from }: TableText): readonly Row[] | { readonly wrong: string } {
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      from_line: from,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
