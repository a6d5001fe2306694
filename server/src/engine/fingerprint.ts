import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { tokens } from '../syntax/pointer';
import { nameOf, plain, property, valueOf, type Node, type Parsed } from '../syntax/tree';
import type { Range } from '../syntax/range';
import type { Finding } from '../rules/finding';

// What names an item of an array, so that a finding stays the same one when items are moved.
const naming = ['rule', 'version', 'language', 'file', 'files'];

/**
 * What identifies a finding across edits elsewhere: rule, path in the project, pointer (array items by what names
 * them) and value; never a line number.
 */
export function identity(finding: Finding, file: { readonly parsed: Parsed }): string {
  const place =
    'pointer' in finding.anchor
      ? named(finding.anchor.pointer, file)
      : around(finding.anchor.range, file.parsed);
  const value = finding.value === undefined ? '' : JSON.stringify(finding.value);
  return JSON.stringify([finding.rule, finding.path, place, value]);
}

/** The identity of a finding in 32 hex digits, as files and other programs know it. */
export function fingerprint(finding: { readonly identity: string }): string {
  return digest(finding.identity).slice(0, 32);
}

/** SHA-256 of a text in UTF-8, as hex digits. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of raw bytes, as hex digits. */
export function digestBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

function named(pointer: string, file: { readonly parsed: Parsed }): string {
  // Without numbers it leads through no array, and the file's tree is not needed.
  if (!/\/\d/.test(pointer)) return tokens(pointer).join('/');
  let node = file.parsed.root;
  return tokens(pointer)
    .map((token) => {
      if (node?.type !== 'array') {
        const member = property(node, token);
        node = member && valueOf(member);
        return token;
      }
      node = node.children![Number(token)];
      return node && nameOfItem(node);
    })
    .join('/');
}

// A list of an item may be long, and have a finding for each of its own items.
const names = new WeakMap<Node, string>();

function nameOfItem(item: Node): string {
  let name = names.get(item);
  if (name === undefined) {
    const member = naming.find((candidate) => property(item, candidate) !== undefined);
    if (!item.children) name = JSON.stringify(plain(item));
    else if (member === undefined) name = '*';
    else name = `${member}=${JSON.stringify(plain(valueOf(property(item, member)!)))}`;
    names.set(item, name);
  }
  return name;
}

/** What stands in a range, and the names of the objects and arrays around it. */
function around({ start, end }: Range, { text, root }: Parsed): string {
  const path: string[] = [];
  for (let node = root; node?.children;) {
    const inner = lastBefore(node.children, start);
    const value = inner && (node.type === 'object' ? valueOf(inner) : inner);
    if (!inner || !value || start >= value.offset + value.length || start <= value.offset) break;
    path.push(node.type === 'object' ? String(nameOf(inner).value) : nameOfItem(value));
    node = value;
  }
  return [...path, text.slice(start, Math.min(end, start + 200))].join('/');
}

/** The last node that begins before an offset. */
function lastBefore(nodes: readonly Node[], offset: number): Node | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return nodes[low - 1];
}
