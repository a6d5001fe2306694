/** Items of an array in an answer that are made only while it is written. */
export class Lazily {
  constructor(readonly items: Iterable<unknown>) {}
}

/** So many items of a long array are written in one go. */
const atOnce = 50;

/** How deep answers may have long arrays in them: members of each project. */
const outer = 3;

/** About as many characters are in a piece, at least. */
const pieceLength = 1 << 16;

/** What `JSON.stringify(answer, null, 2)` and a line end are, in pieces: of a large estate that is many megabytes. */
export function* jsonPieces(answer: object): Generator<string> {
  let piece = '';
  for (const part of parts(answer, 0)) {
    if (part.length >= pieceLength) {
      yield piece;
      yield part;
      piece = '';
      continue;
    }
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function* parts(value: unknown, depth: number): Generator<string> {
  if (value instanceof Lazily || (Array.isArray(value) && value.length > atOnce)) {
    yield* items(value instanceof Lazily ? value.items : (value as unknown[]), depth);
    return;
  }
  if (depth >= outer || typeof value !== 'object' || value === null) {
    yield indented(value, depth);
    return;
  }
  const members = Array.isArray(value)
    ? value.map((item: unknown) => ['', item] as const)
    : Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
        member === undefined ? [] : [[`${JSON.stringify(name)}: `, member] as const],
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) {
    yield `${open}${close}`;
    return;
  }
  let before = `${open}${lineEnd(depth + 1)}`;
  for (const [name, member] of members) {
    yield before + name;
    yield* parts(member, depth + 1);
    before = `,${lineEnd(depth + 1)}`;
  }
  yield `${lineEnd(depth)}${close}`;
}

function* items(all: Iterable<unknown>, depth: number): Generator<string> {
  let before = '[';
  let some: unknown[] = [];
  const written = (): string => {
    // without the brackets of `some`, and the line end in front of the last one
    const text = before + indented(some, depth).slice(1, -1 - lineEnd(depth).length);
    before = ',';
    some = [];
    return text;
  };
  for (const item of all) {
    some.push(item);
    if (some.length === atOnce) yield written();
  }
  if (some.length > 0) yield written();
  yield before === '[' ? '[]' : `${lineEnd(depth)}]`;
}

/** A value as it is written within so many others: `JSON.stringify` indents it when it is within as many arrays. */
function indented(value: unknown, depth: number): string {
  let nested: unknown = value;
  let start = 0;
  let end = 0;
  for (let level = 0; level < depth; level++) {
    nested = [nested];
    start += 1 + lineEnd(level + 1).length;
    end += 1 + lineEnd(level).length;
  }
  const text = JSON.stringify(nested, null, 2);
  return depth === 0 ? text : text.slice(start, -end);
}

const lineEnd = (depth: number): string => `\n${'  '.repeat(depth)}`;
