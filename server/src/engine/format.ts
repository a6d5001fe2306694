import { memberOrder } from '../schema/member-order';
import { lineEnd } from '../syntax/change';
import { child, type Pointer } from '../syntax/pointer';
import { isDeeperThan, maxDepth } from '../syntax/depth';
import { tooLarge } from '../syntax/decode';
import { nameOf, parse, valueOf, type Node } from '../syntax/tree';

/** Scalars in an array stand on one line as long as that line is no longer than this. */
const width = 100;

/**
 * A document in canonical layout: two blanks a step, members in the order of the language, a line end at the
 * end; values are written as they were. `undefined` for a text that is not strict JSON, or names a member twice:
 * laying that out would hide what is wrong with it.
 */
export function formatDocument(text: string): string | undefined {
  if (tooLarge(text) || isDeeperThan(text, maxDepth)) return undefined;
  const parsed = parse(text);
  if (!parsed.root || parsed.errors.length > 0 || namesTwice(parsed.root)) return undefined;
  return `${laidOut(text, parsed.root, '', '', 0)}\n`.replaceAll('\n', lineEnd(text));
}

function namesTwice(node: Node): boolean {
  const children = node.children ?? [];
  if (
    node.type === 'object' &&
    new Set(children.map((member) => nameOf(member).value as string)).size < children.length
  )
    return true;
  return children.some(namesTwice);
}

/** @param column where the value begins in its line */
function laidOut(text: string, node: Node, pointer: Pointer, indent: string, column: number): string {
  const children = node.children ?? [];
  const inner = `${indent}  `;
  if (node.type === 'object') {
    if (children.length === 0) return '{}';
    const members = inOrder(children, memberOrder(pointer)).map((member) => {
      const name = nameOf(member);
      const lead = `${inner}${raw(text, name)}: `;
      const below = child(pointer, name.value as string);
      return lead + laidOut(text, valueOf(member)!, below, inner, lead.length);
    });
    return `{\n${members.join(',\n')}\n${indent}}`;
  }
  if (node.type !== 'array') return raw(text, node);
  if (children.length === 0) return '[]';
  const items = children.map((item, i) => laidOut(text, item, child(pointer, i), inner, inner.length));
  const line = `[${items.join(', ')}]`;
  const isShort = children.every((item) => !item.children) && column + line.length <= width;
  return isShort ? line : `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
}

function inOrder(members: readonly Node[], order: readonly string[]): Node[] {
  const rank = (member: Node): number => {
    const at = order.indexOf(nameOf(member).value as string);
    return at < 0 ? order.length : at;
  };
  return [...members].sort((a, b) => rank(a) - rank(b));
}

const raw = (text: string, node: Node): string => text.slice(node.offset, node.offset + node.length);
