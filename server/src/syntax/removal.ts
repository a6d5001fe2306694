import type { TextEdit } from './edit';
import type { Range } from './range';
import { nameOf, type Node } from './tree';
import { breaksOff, standsAlone } from './whole';

/**
 * Removes one given item of an array, or all members of an object by a name: without the last, which counts, an
 * earlier one would hold. `undefined` where there is nothing to remove, or something else would go with it.
 */
export function removal(
  text: string,
  container: Node,
  what: Node | string | undefined,
): TextEdit[] | undefined {
  const siblings = container.children ?? [];
  const edits: TextEdit[] = [];
  for (let first = 0, last: number; first < siblings.length; first = last + 1) {
    last = first;
    if (!isMeant(siblings[first]!, what)) continue;
    while (last + 1 < siblings.length && isMeant(siblings[last + 1]!, what)) last++;
    const edit = removalOf(text, container, first, last);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits.length > 0 ? edits : undefined;
}

function isMeant(sibling: Node, what: Node | string | undefined): boolean {
  if (typeof what !== 'string') return sibling === what;
  return sibling.type === 'property' && nameOf(sibling).value === what;
}

/** Removes the members or items from the `first`th to the `last`th, counted from 0. */
export function removalOf(text: string, container: Node, first: number, last = first): TextEdit | undefined {
  const siblings = container.children!;
  const removed = siblings.slice(first, last + 1);
  const [start, behind] = [removed[0]!.offset, end(removed.at(-1)!)];
  if (!removed.every((member) => standsAlone(text, member)) || !/\S/.test(text.slice(behind)))
    return undefined;
  const previous = siblings[first - 1];
  const next = siblings[last + 1];
  // With the comma before them; where that is not possible, since a comment stands there, with the one behind them.
  const ways: Range[] = [];
  if (previous && !breaksOff(text, previous)) ways.push({ start: end(previous), end: behind });
  if (next) ways.push({ start, end: next.offset });
  if (!previous && !next && !breaksOff(text, container))
    ways.push({ start: container.offset + 1, end: end(container) - 1 });
  const clean = ways.find((way) => holdsNothingElse(text, way, removed));
  return clean && { ...clean, text: '' };
}

/** Whether a range holds nothing but nodes and what stands between them: anything else is not ours to delete. */
function holdsNothingElse(text: string, range: Range, nodes: readonly Node[]): boolean {
  let done = range.start;
  for (const node of nodes) {
    if (!isBetween(text.slice(done, node.offset))) return false;
    done = end(node);
  }
  return isBetween(text.slice(done, range.end));
}

const isBetween = (text: string): boolean => /^[\s,]*$/.test(text);

const end = (node: Node): number => node.offset + node.length;
