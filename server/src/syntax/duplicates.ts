import { removalOf } from './removal';
import { child, type Pointer } from './pointer';
import type { Problem } from './problem';
import { shown } from './shown';
import { nameOf, plain, rangeOf, valueOf, type Node, type Parsed } from './tree';

/** Members that are named again in their object: one problem for each, at the later name. */
export function duplicates({ text, root }: Parsed): Problem[] {
  const problems: Problem[] = [];
  visit(root, '');
  return problems;

  function visit(node: Node | undefined, pointer: Pointer): void {
    const children = node?.children;
    if (!children) return;
    if (node.type === 'array') {
      children.forEach((item, i) => visit(item, child(pointer, i)));
      return;
    }
    const seen = new Map<string, number>();
    children.forEach((member, i) => {
      const name = nameOf(member).value as string;
      const earlier = seen.get(name);
      if (earlier !== undefined) problems.push(duplicate(text, node, earlier, member, name));
      seen.set(name, i);
      visit(valueOf(member), child(pointer, name));
    });
  }
}

function duplicate(text: string, object: Node, earlier: number, later: Node, name: string): Problem {
  const first = object.children![earlier]!;
  const equal = valueOf(first) && valueOf(later) && same(plain(valueOf(first)), plain(valueOf(later)));
  const edit = removalOf(text, object, earlier);
  return {
    rule: 'duplicate-key',
    message: equal
      ? `${shown(name)} is named again with the same value: one of the two is superfluous.`
      : `${shown(name)} is named again: this later value counts, and the earlier one has no effect.`,
    anchor: { range: rangeOf(nameOf(later)) },
    value: name,
    repairs: edit && [
      {
        title: `Remove the earlier ${shown(name)}`,
        kind: equal ? 'safe' : 'choice',
        changes: [{ op: 'text', edits: [edit] }],
      },
    ],
  };
}

/** Whether two plain values mean the same; the order of members means nothing. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  );
}
