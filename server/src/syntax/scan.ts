import { maxDepth } from './depth';

/** What a look at the characters of a text tells, before or besides parsing it. */
export interface Scan {
  /** Nested deeper than allowed, as far as brackets tell; the scan stopped there. */
  readonly tooDeep: boolean;
  /** How many members its objects have, repeated names included (of strict JSON). */
  readonly members: number;
  /** Whether it may hold a lone surrogate or a number that readers would round. */
  readonly suspicious: boolean;
}

/** Numbers of up to 15 digits come back as they were written. */
export const exactDigits = 15;

/** One pass over a text, strict JSON or not; never throws. Costs a fraction of `JSON.parse`. */
export function scan(text: string): Scan {
  let depth = 0;
  let members = 0;
  let suspicious = hasSurrogateEscape(text) || hasLoneSurrogate(text);
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32) continue;
    if (c === 34) {
      i = endOfString(text, i);
    } else if (c === 58) {
      members++;
    } else if (c === 123 || c === 91) {
      if (++depth > maxDepth) return { tooDeep: true, members, suspicious };
    } else if (c === 125 || c === 93) {
      depth--;
    } else if (c >= 48 && c <= 57) {
      const start = i;
      while (isNumberPart(text.charCodeAt(i + 1))) i++;
      if (!suspicious) suspicious = mayRound(text, start, i + 1);
    }
  }
  return { tooDeep: false, members, suspicious };
}

/** How many members the objects of a parsed value have. For values not nested deeper than allowed. */
export function memberCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += memberCount(item);
    return count;
  }
  for (const name in value) {
    count++;
    const member = (value as Record<string, unknown>)[name];
    if (typeof member === 'object') count += memberCount(member);
  }
  return count;
}

/** The offset of the quote that ends the string that begins at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslash = at - 1;
    while (text.charCodeAt(backslash) === 92) backslash--;
    if ((at - backslash) & 1) return at;
  }
  return text.length;
}

// Digits, ".", "e", "E", "+" and "-".
function isNumberPart(c: number): boolean {
  return (c >= 48 && c <= 57) || c === 46 || c === 101 || c === 69 || c === 43 || c === 45;
}

function mayRound(text: string, start: number, end: number): boolean {
  if (end - start > exactDigits) return true;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return true;
  }
  return false;
}

function hasSurrogateEscape(text: string): boolean {
  return text.includes('\\ud') || text.includes('\\uD');
}

/** Whether a text has half a surrogate pair, which no UTF-8 can hold. */
export function hasLoneSurrogate(text: string): boolean {
  return !isWellFormed(text);
}

// In Node 20 and in the browsers of today, but not in the ES2022 that the compiler knows.
const native = (String.prototype as { isWellFormed?: (this: string) => boolean }).isWellFormed;
const isWellFormed: (text: string) => boolean = native
  ? (text) => native.call(text)
  : (text) => !/\p{Surrogate}/u.test(text);
