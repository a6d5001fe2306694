import { child, type Pointer } from './pointer';
import { nameOf, property, valueOf, type Node } from './tree';

/**
 * The pointers of members that are named, but have no value, or none that can be read (`"enabled": tru`). Of repeated
 * names the last counts, with what is in it.
 */
export function unvalued(root: Node): Pointer[] {
  const found: Pointer[] = [];
  const pending: (readonly [Node, Pointer])[] = [[root, '']];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, pointer] = next;
    for (const [i, inner] of (node.children ?? []).entries()) {
      const isMember = inner.type === 'property';
      const value = isMember ? valueOf(inner) : inner;
      if (value && !value.children) continue;
      const token = isMember ? (nameOf(inner).value as string) : i;
      if (isMember && property(node, token as string) !== inner) continue;
      const at = child(pointer, token);
      if (value) pending.push([value, at]);
      else found.push(at);
    }
  }
  return found;
}
