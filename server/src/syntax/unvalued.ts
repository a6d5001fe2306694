import type { Pointer } from './pointer';
import { nameOf, pointerOf, property, valueOf, type Node } from './tree';

/** The pointers of members that are named, but have no value, or none that can be read (`"enabled": tru`). */
export function unvalued(root: Node): Pointer[] {
  const found: Pointer[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const inner of node.children ?? []) {
      const value = inner.type === 'property' ? valueOf(inner) : inner;
      if (value?.children) pending.push(value);
      // of repeated names the last one counts
      else if (!value && property(node, nameOf(inner).value as string) === inner)
        found.push(pointerOf(inner));
    }
  }
  return found;
}
