import type { Range } from './range';

/** One replacement in a text: the range is of the text before any edit. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** Applies edits that do not overlap; edits at the same place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  let result = '';
  let done = 0;
  for (const edit of sorted) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** The smallest single edit that makes `before` into `after`; none where they are the same. */
export function difference(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // An edit that began or ended within a character or a line end would be none to an editor.
  if (start > 0 && splits(before, after, start - 1)) start--;
  if (tail > 0 && splitsBehind(before, after, tail)) tail--;
  return [{ start, end: before.length - tail, text: after.slice(start, after.length - tail) }];
}

const isHighSurrogate = (c: number): boolean => (c & 0xfc00) === 0xd800;
const isLowSurrogate = (c: number): boolean => (c & 0xfc00) === 0xdc00;
const [lineFeed, carriageReturn] = [10, 13];

/** Whether what stands at `last`, the same in both texts, belongs together with what follows it in one of them. */
function splits(before: string, after: string, last: number): boolean {
  const c = before.charCodeAt(last);
  const next = [before.charCodeAt(last + 1), after.charCodeAt(last + 1)];
  return isHighSurrogate(c) ? next.some(isLowSurrogate) : c === carriageReturn && next.includes(lineFeed);
}

/** Whether the first of the last `tail` characters, the same in both texts, belongs to what precedes it in one of them. */
function splitsBehind(before: string, after: string, tail: number): boolean {
  const c = before.charCodeAt(before.length - tail);
  const previous = [before, after].map((text) => text.charCodeAt(text.length - tail - 1));
  return isLowSurrogate(c)
    ? previous.some(isHighSurrogate)
    : c === lineFeed && previous.includes(carriageReturn);
}
