import { tokens, type Pointer } from '../syntax/pointer';

/** The part of a plain value that a pointer names; `undefined` where there is none. */
export function plainAt(value: unknown, pointer: Pointer): unknown {
  let at = value;
  for (const token of tokens(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string, unknown>)[token];
  }
  return at;
}

/** The pattern that stands for a pointer in tables: array items become `*`. */
export function patternOf(pointer: Pointer): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}
