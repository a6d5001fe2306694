/** What separates the cells of a table; the first one that the header has most of. */
const delimiters = [',', ';', '\t', '|'] as const;

/** An exported table before it is taken apart. */
export interface TableText {
  readonly text: string;
  /** What separates the cells. */
  readonly delimiter: string;
  /** The line that names the columns, from 1. */
  readonly from: number;
}

/** The text of an exported table; or in words why it can't be read. */
export function tableText(bytes: Uint8Array): TableText | { readonly wrong: string } {
  const decoded = decoded16(bytes) ?? decoded8(bytes);
  if (decoded === undefined) return { wrong: 'it is neither UTF-8 nor UTF-16: save it as one of them' };
  const text = decoded.replace(/^\uFEFF/, '');
  // Spreadsheets write what separates the cells into a line of its own.
  const stated = /^sep=(.)\r?\n/i.exec(text);
  if (stated) return { text, delimiter: stated[1]!, from: 2 };
  const header = (/^\s*(.*)/.exec(text)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => header.split(delimiter).length);
  return { text, delimiter: delimiters[counts.indexOf(Math.max(...counts))]!, from: 1 };
}

function decoded8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16, by its mark or by the zero byte of a first character that is ASCII. */
function decoded16(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0);
  if ((!little && !big) || bytes.length % 2 !== 0) return undefined;
  try {
    return new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
