import { lastToken, parentPointer, type Pointer } from './pointer';
import type { Range } from './range';
import { nameOf, nodeAt, parse, property, valueOf, type Node, type Parsed } from './tree';

/** One replacement in a text: the range is of the text before any edit. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** A change to a document in terms of pointers; plain data, so that it can be kept, sent and compared. */
export type Change =
  /** Replaces a value, or inserts the member where its object does not have it. */
  | { readonly op: 'set'; readonly pointer: Pointer; readonly value: unknown }
  | { readonly op: 'remove'; readonly pointer: Pointer }
  /** Gives a member another name. */
  | { readonly op: 'rename'; readonly pointer: Pointer; readonly name: string }
  /** Adds an item at the end of an array. */
  | { readonly op: 'append'; readonly pointer: Pointer; readonly value: unknown }
  | { readonly op: 'text'; readonly edits: readonly TextEdit[] };

/** Canonical order of the members of an object at a pointer; unknown members go last. */
export type MemberOrder = (object: Pointer) => readonly string[];

/**
 * The edits that carry out `changes`, one after the other; `undefined` where one of them has no place
 * (nothing is done then). Bytes outside the change stay: indentation, line ends and order are those of the text.
 */
export function editsFor(
  parsed: Parsed,
  changes: readonly Change[],
  order: MemberOrder = () => [],
): TextEdit[] | undefined {
  if (changes.length === 1) return editsForOne(parsed, changes[0]!, order);
  let after = parsed;
  for (const change of changes) {
    const edits = editsForOne(after, change, order);
    if (!edits) return undefined;
    after = parse(applyEdits(after.text, edits));
  }
  return difference(parsed.text, after.text);
}

function editsForOne(parsed: Parsed, change: Change, order: MemberOrder): TextEdit[] | undefined {
  const { text, root } = parsed;
  if (change.op === 'text') return [...change.edits];
  if (change.op === 'append') {
    const array = nodeAt(root, change.pointer);
    return array?.type === 'array' ? insertion(text, array, 'last', change.value) : undefined;
  }
  const node = nodeAt(root, change.pointer);
  if (change.op === 'set' && node) {
    if (!standsAlone(text, node)) return undefined;
    return [{ ...at(node), text: stringify(text, change.value, indentAt(text, node.offset), false) }];
  }
  const parent = parentPointer(change.pointer);
  if (parent === undefined) return undefined;
  const container = nodeAt(root, parent);
  const name = lastToken(change.pointer)!;
  switch (change.op) {
    case 'set': {
      if (container?.type !== 'object' || property(container, name)) return undefined;
      const place = predecessor(container, name, order(parent));
      return insertion(text, container, place, change.value, name);
    }
    case 'rename': {
      const member = property(container, name);
      if (!member || property(container, change.name) || !standsAlone(text, nameOf(member))) return undefined;
      return [{ ...at(nameOf(member)), text: JSON.stringify(change.name) }];
    }
    case 'remove': {
      const member = container?.type === 'array' ? node : property(container, name);
      // Of repeated names the last counts: without it, an earlier one would come to light.
      const first = container?.children?.find((other) => other === member || isNamed(other, name));
      return member && container && first === member ? removal(text, container, member) : undefined;
    }
  }
}

const isNamed = (member: Node, name: string): boolean =>
  member.type === 'property' && nameOf(member).value === name;

/** Removes one given member or item, of repeated ones exactly that; `i` is its place, where that is known. */
export function removal(
  text: string,
  container: Node,
  member: Node,
  i = container.children!.indexOf(member),
): TextEdit[] | undefined {
  if (!standsAlone(text, member) || !/\S/.test(text.slice(end(member)))) return undefined;
  const siblings = container.children!;
  const previous = siblings[i - 1];
  const next = siblings[i + 1];
  // With the comma before it; where that is not possible, since a comment stands there, with the one behind it.
  const ways: Range[] = [];
  if (previous && !breaksOff(text, previous)) ways.push({ start: end(previous), end: end(member) });
  if (next) ways.push({ start: member.offset, end: next.offset });
  if (siblings.length === 1 && !breaksOff(text, container))
    ways.push({ start: container.offset + 1, end: end(container) - 1 });
  // What stands between members is white space and a comma; anything else is not ours to delete.
  const clean = ways.find(({ start, end: behind }) =>
    /^[\s,]*$/.test(text.slice(start, member.offset) + text.slice(end(member), behind)),
  );
  return clean && [{ ...clean, text: '' }];
}

/** Where a new member goes: behind the last one that comes before it in canonical order. */
function predecessor(object: Node, name: string, order: readonly string[]): Node | 'first' | 'last' {
  const rank = order.indexOf(name);
  const members = object.children!;
  if (rank < 0 || members.length === 0) return 'last';
  let found: Node | 'first' = 'first';
  for (const member of members) {
    const other = order.indexOf(nameOf(member).value as string);
    if (other >= 0 && other < rank) found = member;
  }
  return found;
}

function insertion(
  text: string,
  container: Node,
  place: Node | 'first' | 'last',
  value: unknown,
  name?: string,
): TextEdit[] | undefined {
  const items = container.children!;
  const first = items[0];
  const eol = lineEnd(text);
  const outer = indentAt(text, container.offset);
  const between = first ? text.slice(container.offset + 1, first.offset) : '';
  // An empty container opens up where the document is laid out in lines.
  const multiline = first
    ? /[\r\n]/.test(between)
    : /[\r\n]/.test(text.trimEnd()) || container.parent === undefined;
  const indent = first && multiline ? indentAt(text, first.offset) : outer + indentUnit(text);
  const body =
    (name === undefined ? '' : `${JSON.stringify(name)}: `) + stringify(text, value, indent, !multiline);
  const gap = multiline ? eol + indent : first ? between || ' ' : '';
  if (!first) {
    if (!/[}\]]/.test(text[end(container) - 1] ?? '')) return undefined; // the text breaks off in it
    const start = container.offset + 1;
    const inner = text.slice(start, end(container) - 1);
    const close = multiline ? eol + outer : '';
    // A comment in it stays, and what is inserted goes behind it.
    const kept = inner.trimEnd();
    return [{ start: start + kept.length, end: end(container) - 1, text: gap + body + close }];
  }
  if (place === 'first') {
    return [{ start: first.offset, end: first.offset, text: `${body},${multiline ? gap : ' '}` }];
  }
  const behind = place === 'last' ? items[items.length - 1]! : place;
  if (!standsAlone(text, behind)) return undefined;
  return [{ start: end(behind), end: end(behind), text: `,${multiline ? gap : ' '}${body}` }];
}

function stringify(text: string, value: unknown, indent: string, inline: boolean): string {
  if (inline || !/[\r\n]/.test(text.trimEnd())) return inlineJson(value);
  return JSON.stringify(value, null, indentUnit(text)).replace(/\n/g, lineEnd(text) + indent);
}

function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${inlineJson(member)}`,
  );
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}

/** The line end that the text uses; `\n` where it has a single line. */
export function lineEnd(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** One step of the text's indentation; two spaces where it shows none. */
export function indentUnit(text: string): string {
  return /[\r\n]([ \t]+)[^\s]/.exec(text.slice(0, 10_000))?.[1] ?? '  ';
}

function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
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

/**
 * Whether nothing of a node is left open, and nothing touches it that could grow together with what is put beside
 * it. In broken text a node may begin or end in the midst of what was meant as something else.
 */
function standsAlone(text: string, node: Node): boolean {
  const [before, after] = [text.charAt(node.offset - 1), text.charAt(end(node))];
  return /^[\s:,[{/]?$/.test(before) && /^[\s:,\]}/]?$/.test(after) && !breaksOff(text, node);
}

/** Whether the text breaks off in a node: nobody can tell what belongs to it, and the file's end may be in it. */
function breaksOff(text: string, node: Node): boolean {
  const raw = text.slice(node.offset, end(node));
  switch (node.type) {
    case 'property': {
      const value = valueOf(node);
      return value === undefined || breaksOff(text, value);
    }
    case 'object':
      return !raw.endsWith('}');
    case 'array':
      return !raw.endsWith(']');
    case 'string':
      return raw.length < 2 || !raw.endsWith('"') || isEscaped(raw, raw.length - 1);
    default:
      return false;
  }
}

function isEscaped(text: string, at: number): boolean {
  let backslash = at - 1;
  while (text[backslash] === '\\') backslash--;
  return (at - backslash) % 2 === 0;
}

const end = (node: Node): number => node.offset + node.length;
const at = (node: Node): Range => ({ start: node.offset, end: end(node) });

/** Where the value of a member begins and ends; `undefined` where it has none. */
export function valueRange(member: Node): Range | undefined {
  const node = valueOf(member);
  return node && at(node);
}
