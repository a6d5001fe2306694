import { parentPointer, tokens, type Pointer } from './pointer';
import type { Range } from './range';

/**
 * The range of the key or the value that a pointer names, found without making a tree: a file with a finding
 * mostly wants one place. Only for strict JSON; of repeated names the last counts.
 * @returns `undefined` where the pointer names nothing there, or no key (an item of an array), and for the whole document
 */
export function find(text: string, pointer: Pointer, on: 'key' | 'value'): Range | undefined {
  if (pointer === '') return undefined;
  let value = skipSpace(text, 0);
  let key: Range | undefined;
  for (const token of tokens(pointer)) {
    const found = text[value] === '{' ? member(text, value, token) : item(text, value, token);
    if (!found) return undefined;
    ({ value, key } = found);
  }
  return on === 'key' ? key : { start: value, end: endOfValue(text, value) };
}

/** What `locate` gives for a pointer, with the same conditions: where nothing is there, the nearest that encloses it. */
export function findNearest(text: string, pointer: Pointer, on: 'key' | 'value'): Range {
  let side = on;
  for (let at: Pointer | undefined = pointer; at; at = parentPointer(at)) {
    // an item of an array has no key
    const found = find(text, at, side) ?? find(text, at, 'value');
    if (found) return found;
    side = 'key';
  }
  const start = skipSpace(text, 0);
  const opens = text[start] === '{' || text[start] === '[';
  return { start, end: opens ? start + 1 : endOfValue(text, start) };
}

interface Found {
  /** Where the value begins. */
  readonly value: number;
  readonly key: Range | undefined;
}

function member(text: string, object: number, name: string): Found | undefined {
  let found: Found | undefined;
  let at = skipSpace(text, object + 1);
  while (text[at] === '"') {
    const key = { start: at, end: endOfString(text, at) };
    const value = skipSpace(text, skipSpace(text, key.end) + 1);
    if (isName(text, key, name)) found = { value, key };
    at = skipSpace(text, endOfValue(text, value));
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function item(text: string, array: number, token: string): Found | undefined {
  if (text[array] !== '[' || !/^(0|[1-9]\d*)$/.test(token)) return undefined;
  let value = skipSpace(text, array + 1);
  if (text[value] === ']') return undefined;
  for (let left = Number(token); left > 0; left--) {
    const end = skipSpace(text, endOfValue(text, value));
    if (text[end] !== ',') return undefined;
    value = skipSpace(text, end + 1);
  }
  return { value, key: undefined };
}

function isName(text: string, { start, end }: Range, name: string): boolean {
  if (end - start === name.length + 2 && text.startsWith(name, start + 1)) return true;
  const written = text.slice(start, end);
  return written.includes('\\') && JSON.parse(written) === name;
}

function skipSpace(text: string, at: number): number {
  while (text.charCodeAt(at) <= 32) at++;
  return at;
}

/** Behind the quote that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslash = at - 1;
    while (text.charCodeAt(backslash) === 92) backslash--;
    if ((at - backslash) % 2 === 1) return at + 1;
  }
  return text.length;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 34) at = endOfString(text, at) - 1;
    else if (c === 123 || c === 91) depth++;
    else if (c === 125 || c === 93) {
      if (depth === 0) return at; // what the value is in ends
      depth--;
    } else if (depth > 0) continue;
    else if (c === 44 || c <= 32) return at;
    else continue;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
