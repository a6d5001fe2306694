/** Items of an array in an answer that are made only while it is written. */
export class Lazily {
  constructor(readonly items: Iterable<unknown>) {}
}

/** An array with more items has one on each line: ten thousand of them are for programs, and for `grep`. */
const few = 50;

/** How deep answers may have long arrays in them: members of each project. */
const outer = 3;

/** About as many characters are in a piece, at least. */
const pieceLength = 1 << 16;

/**
 * An answer as JSON, indented by two but for the items of long arrays, in pieces: of a large estate it is many
 * megabytes.
 */
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
  const long = value instanceof Lazily ? value.items : isLong(value) ? value : undefined;
  if (long) {
    yield* items(long, depth);
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

function isLong(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > few && !holdsLazily(value[0]);
}

// The items of an array are all of a kind.
function holdsLazily(item: unknown): boolean {
  return (
    typeof item === 'object' &&
    item !== null &&
    Object.values(item).some((member) => member instanceof Lazily)
  );
}

function* items(all: Iterable<unknown>, depth: number): Generator<string> {
  const first: unknown[] = [];
  const left = all[Symbol.iterator]();
  let next = left.next();
  for (; !next.done && first.length <= few; next = left.next()) first.push(next.value);
  if (first.length <= few) {
    yield indented(first, depth);
    return;
  }
  let before = `[${lineEnd(depth + 1)}`;
  const line = (item: unknown): string => {
    const text = before + ((JSON.stringify(item) as string | undefined) ?? 'null');
    before = `,${lineEnd(depth + 1)}`;
    return text;
  };
  for (const item of first) yield line(item);
  for (; !next.done; next = left.next()) yield line(next.value);
  yield `${lineEnd(depth)}]`;
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
