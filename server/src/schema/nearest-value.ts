import { nearest } from '../syntax/nearest';
import { lastToken, type Pointer } from '../syntax/pointer';
import type { ShapeError } from './generated/shape-errors';

const yes = new Set(['true', 'yes', 'on', '1']);
const no = new Set(['false', 'no', 'off', '0', 'null', '']);

// To take a malformed value for a yes could switch KSN on, or accept for somebody who did not.
const neverTrue = new Set(['accepted', 'enabled']);

/** The allowed value that was most likely meant; `undefined` where that would be a guess. */
export function nearestValue(
  pointer: Pointer,
  value: unknown,
  { keyword, params }: Pick<ShapeError, 'keyword' | 'params'>,
): unknown {
  switch (keyword) {
    case 'const':
      return params.allowedValue;
    case 'enum':
      return typeof value === 'string' ? nearestOf(value, params.allowedValues as string[]) : undefined;
    case 'type':
      if (params.type === 'boolean') return truth(lastToken(pointer)!, value);
      if (params.type === 'integer' && typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) {
        return Number(value);
      }
      return undefined;
    case 'pattern':
      return typeof value === 'string' ? tidied(value, new RegExp(params.pattern as string, 'u')) : undefined;
    default:
      return undefined;
  }
}

// Codes of two letters all resemble each other: there only the case may be wrong.
function nearestOf(value: string, allowed: readonly string[]): string | undefined {
  if (allowed.length <= 20) return nearest(value.trim(), allowed);
  const upper = value.trim().toUpperCase();
  return allowed.includes(upper) ? upper : undefined;
}

function truth(name: string, value: unknown): boolean | undefined {
  const word = typeof value === 'object' && value !== null ? undefined : String(value).trim().toLowerCase();
  if (neverTrue.has(name)) return false;
  if (word === undefined) return undefined;
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** The text without what is only in the way: blanks at the ends of its parts, empty parts, a leading "v". */
function tidied(value: string, pattern: RegExp): string | undefined {
  if (value.length > 1000) return undefined;
  const parts = value.split('/').map((part) => part.trim());
  const joined = parts.filter((part) => part !== '').join('/');
  return [joined, joined.replace(/^v(?=\d)/i, '')].find((candidate) => pattern.test(candidate));
}
