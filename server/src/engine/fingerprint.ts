import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { child, tokens } from '../syntax/pointer';
import { nodeAt, plain, type Parsed } from '../syntax/tree';
import type { Finding } from '../rules/finding';

// What names an item of an array, so that a finding stays the same one when items are moved.
const naming = ['rule', 'version', 'language', 'file', 'files'];

/**
 * Identifies a finding across edits elsewhere: rule, path in the project, pointer (array items by what names
 * them) and value; never a line number. 32 hex digits.
 */
export function fingerprint(finding: Finding, file: { readonly parsed: Parsed }): string {
  const place =
    'pointer' in finding.anchor ? named(finding.anchor.pointer, file) : rangeText(finding, file.parsed);
  const value = finding.value === undefined ? '' : JSON.stringify(finding.value);
  return digest(JSON.stringify([finding.rule, finding.path, place, value])).slice(0, 32);
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
  const { root } = file.parsed;
  let at = '';
  return tokens(pointer)
    .map((token) => {
      const inArray = nodeAt(root, at)?.type === 'array';
      at = child(at, token);
      if (!inArray) return token;
      const item = plain(nodeAt(root, at));
      if (typeof item !== 'object' || item === null) return JSON.stringify(item);
      const name = naming.find((member) => Object.hasOwn(item, member));
      return name === undefined ? '*' : `${name}=${JSON.stringify((item as Record<string, unknown>)[name])}`;
    })
    .join('/');
}

function rangeText(finding: Finding, { text }: Parsed): string {
  return 'range' in finding.anchor
    ? text.slice(finding.anchor.range.start, finding.anchor.range.end).slice(0, 200)
    : '';
}
