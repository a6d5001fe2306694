import { lastToken, parentPointer, type Pointer } from './pointer';
import type { Range } from './range';
import { nameOf, nodeAt, property, rangeOf, type Parsed } from './tree';

/** A symbolic place in a document: made into a range once, when somebody wants to see it. */
export type Anchor =
  | { readonly pointer: Pointer; readonly on: 'key' | 'value' }
  /** For what has no pointer: a stray token, a repeated key. */
  | { readonly range: Range };

export const key = (pointer: Pointer): Anchor => ({ pointer, on: 'key' });
export const value = (pointer: Pointer): Anchor => ({ pointer, on: 'value' });

/** The start of a file: an empty range, for what concerns the whole of it. */
export const startOfFile: Anchor = { range: { start: 0, end: 0 } };

/**
 * The range of an anchor. Where the named member is absent, the key of the nearest enclosing member that
 * exists; at the top the opening brace (or the first character).
 */
export function locate(parsed: Parsed, anchor: Anchor): Range {
  if ('range' in anchor) return anchor.range;
  const { root } = parsed;
  let pointer: Pointer | undefined = anchor.pointer;
  let on = anchor.on;
  while (pointer !== undefined && pointer !== '') {
    const node = nodeAt(root, pointer);
    if (on === 'value' && node) return rangeOf(node);
    const parent: Pointer = parentPointer(pointer)!;
    const named = property(nodeAt(root, parent), lastToken(pointer)!);
    if (named) return rangeOf(nameOf(named));
    if (node) return rangeOf(node); // an array item has no key: the item itself
    pointer = parent;
    on = 'key';
  }
  if (!root) return { start: 0, end: Math.min(1, parsed.text.length) };
  if (root.type !== 'object' && root.type !== 'array') return rangeOf(root);
  return { start: root.offset, end: root.offset + 1 };
}
