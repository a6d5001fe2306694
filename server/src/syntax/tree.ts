import { parseTree as parseJsonTree, type Node, type ParseError } from 'jsonc-parser';
import { child, tokens, type Pointer } from './pointer';
import { tooLarge } from './decode';
import { hasMoreBrackets, isDeeperThan, maxDepth } from './depth';
import type { Range } from './range';
import { scan } from './scan';

export type { Node } from 'jsonc-parser';

/** A text with its tolerant syntax tree. The tree exists for every text that has any value in it. */
export interface Parsed {
  readonly text: string;
  readonly root: Node | undefined;
  /** What the tolerant parser stumbled over; empty for strict JSON. */
  readonly errors: readonly ParseError[];
  /** Over the limits of documents (document-limits): such a text has no tree. */
  readonly refused?: true;
}

/** Parses a text into a tree with offsets. Never throws; the tree is never deeper than documents may be. */
export function parse(text: string): Parsed {
  const refused: Parsed = { text, root: undefined, errors: [], refused: true };
  const mayBeDeep = hasMoreBrackets(text, maxDepth) && scan(text).tooDeep;
  if (tooLarge(text) || (mayBeDeep && isDeeperThan(text, maxDepth))) return refused;
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseJsonTree(text, errors, {
      disallowComments: true,
      allowTrailingComma: false,
      allowEmptyContent: false,
    });
  } catch {
    return refused; // the parser is recursive, and the scan takes brackets of broken text for balanced
  }
  return errors.length > 0 && isDeeperThan(text, maxDepth) ? refused : { text, root, errors };
}

/** The name node of a property node. */
export const nameOf = (property: Node): Node => property.children![0]!;
/** The value node of a property node; `undefined` where the text breaks off before it. */
export const valueOf = (property: Node): Node | undefined => property.children?.[1];

/** The property of an object with that name: of repeated names the last, which is the one that counts. */
export function property(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  const properties = object.children!;
  if (properties.length > 32) return byName(object).get(name);
  for (let i = properties.length - 1; i >= 0; i--) {
    const candidate = properties[i]!;
    if (nameOf(candidate).value === name) return candidate;
  }
  return undefined;
}

// A hostile object has tens of thousands of members, each with a finding of its own to be located.
const indexes = new WeakMap<Node, Map<string, Node>>();
function byName(object: Node): Map<string, Node> {
  let index = indexes.get(object);
  if (!index) {
    index = new Map(object.children!.map((member) => [nameOf(member).value as string, member]));
    indexes.set(object, index);
  }
  return index;
}

/** The value that a pointer names, or `undefined` where there is none. */
export function nodeAt(root: Node | undefined, pointer: Pointer): Node | undefined {
  let node = root;
  for (const token of tokens(pointer)) {
    if (node?.type === 'object') {
      const found = property(node, token);
      node = found && valueOf(found);
    } else if (node?.type === 'array' && /^(0|[1-9]\d*)$/.test(token)) {
      node = node.children![Number(token)];
    } else return undefined;
  }
  return node;
}

/** The pointer of a value, a property or a property's name. */
export function pointerOf(node: Node): Pointer {
  const path: (string | number)[] = [];
  let at: Node = node;
  while (at.parent) {
    const parent = at.parent;
    if (parent.type === 'array') path.push(parent.children!.indexOf(at));
    else if (parent.type === 'object') path.push(nameOf(at).value as string);
    at = parent;
  }
  return path.reverse().reduce<Pointer>(child, '');
}

/**
 * The plain value of a node, as `JSON.parse` would give it: of repeated names the last, `__proto__` an
 * ordinary member. Members without a value are left out.
 */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value as unknown;
  const object: Record<string, unknown> = {};
  for (const member of node.children ?? []) {
    const value = valueOf(member);
    if (value === undefined) continue;
    const name = nameOf(member).value as string;
    Object.defineProperty(object, name, {
      value: plain(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

/** The innermost value, property or name that covers an offset (its end included), for features at a cursor. */
export function nodeAtOffset(root: Node | undefined, offset: number): Node | undefined {
  if (!root || offset < root.offset || offset > root.offset + root.length) return undefined;
  let node = root;
  for (;;) {
    const inner = node.children?.find((c) => offset >= c.offset && offset <= c.offset + c.length);
    if (!inner) return node;
    node = inner;
  }
}

export const rangeOf = (node: Node): Range => ({ start: node.offset, end: node.offset + node.length });
