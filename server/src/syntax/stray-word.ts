import { escapeInvisible } from './shown';

const literals: Record<string, string> = {
  true: 'true',
  false: 'false',
  null: 'null',
  none: 'null',
  nil: 'null',
  undefined: 'null',
};

/** Why something that stands outside of quotes is no JSON, and how it would be written. */
export function strayWord(raw: string): string {
  const word = `${escapeInvisible(raw.length > 40 ? `${raw.slice(0, 37)}…` : raw)}`;
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(raw)) return 'A merge conflict was left in the file: choose one side.';
  if (/^[/][/*]/.test(raw)) return 'JSON has no comments: other readers refuse the file.';
  const literal = literals[raw.toLowerCase()];
  if (literal) return `"${word}" is not JSON: it is written ${literal}.`;
  if (/^['`\u2018\u2019\u201c\u201d\xab\xbb]/.test(raw))
    return `${word} is not JSON: names and texts stand in double quotes (").`;
  if (/^[-+]?(nan|infinity)$/i.test(raw)) return `"${word}" is not JSON: it has no such number.`;
  if (/^[-+.\d][\w.+-]*$/.test(raw)) {
    return `"${word}" is no number in JSON: numbers are decimal, without "+" and with a digit before the point.`;
  }
  if (/^[\p{L}$_]/u.test(raw)) return `"${word}" is not JSON: names and texts stand in double quotes.`;
  return `"${word}" has no meaning in JSON here.`;
}
