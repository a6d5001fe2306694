import type { TextEdit } from './change';
import type { Problem } from './problem';
import type { Range } from './range';

/** A comment in a text, which strict JSON does not have. */
export function comment(text: string, range: Range): Problem {
  const words = text.slice(range.start, range.end);
  const problem = { rule: 'json-syntax', anchor: { range } } as const;
  if (words.startsWith('/*') && (words.length < 4 || !words.endsWith('*/'))) {
    return { ...problem, message: 'A comment that is never closed; JSON has no comments.' };
  }
  return {
    ...problem,
    message: 'JSON has no comments: other readers refuse the file.',
    repairs: [
      {
        title: 'Remove the comment',
        kind: 'choice',
        changes: [{ op: 'text', edits: [without(text, range)] }],
      },
    ],
  };
}

// A comment that has its line to itself goes with the line; two values must not grow together.
function without(text: string, { start, end }: Range): TextEdit {
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
  const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(end, end + 200));
  if (!rest) return { start, end, text: /\w/.test(text[start - 1] ?? '') ? ' ' : '' };
  const ownLine = from === 0 || /[\r\n]/.test(text[from - 1]!);
  return { start: from, end: ownLine ? end + rest[0].length : end, text: '' };
}
