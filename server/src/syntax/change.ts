import { applyEdits, difference, type TextEdit } from './edit';
import { lastToken, parentPointer, type Pointer } from './pointer';
import type { Range } from './range';
import { removal } from './removal';
import { nameOf, nodeAt, parse, property, type Node, type Parsed } from './tree';
import { standsAlone } from './whole';

export { applyEdits, difference, type TextEdit } from './edit';

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
      return container && removal(text, container, container.type === 'array' ? node : name);
    }
  }
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

const end = (node: Node): number => node.offset + node.length;
const at = (node: Node): Range => ({ start: node.offset, end: end(node) });
