import { valueOf, type Node } from './tree';

/**
 * Whether nothing of a node is left open, and nothing touches it that could grow together with what is put beside
 * it. In broken text a node may begin or end in the midst of what was meant as something else.
 */
export function standsAlone(text: string, node: Node): boolean {
  const [before, after] = [text.charAt(node.offset - 1), text.charAt(end(node))];
  return /^[\s:,[{/]?$/.test(before) && /^[\s:,\]}/]?$/.test(after) && !breaksOff(text, node);
}

/** Whether the text breaks off in a node: nobody can tell what belongs to it, and the file's end may be in it. */
export function breaksOff(text: string, node: Node): boolean {
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
