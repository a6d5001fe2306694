import { shown } from '../syntax/shown';
import type { Shape } from './problem';
import { tokens, type Pointer } from '../syntax/pointer';

/** A member as messages name it: `"ksn.enabled"`, `"exceptions[0].rule"`; the document itself for `''`. */
export function memberAt(pointer: Pointer): string {
  const path = tokens(pointer).map((token, i) =>
    /^(0|[1-9]\d*)$/.test(token) ? `[${token}]` : i === 0 ? token : `.${token}`,
  );
  return path.length === 0 ? 'The document' : shown(path.join(''));
}

/** A value as messages show it: short, and without what can't be seen. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty text' : shown(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** What a malformed or missing member means for the rest. */
export const consequence = 'what depends on it cannot be judged';

/** What a file of a shape is called. */
export const whose: Readonly<Record<Shape, string>> = {
  policy: 'a policy',
  device: 'a device',
  config: "the project's config",
};

/** The object at a pointer as the subject of a sentence. */
export function ownerAt(shape: Shape, pointer: Pointer): string {
  return pointer === '' ? capital(whose[shape]) : memberAt(pointer);
}

/** The text with a capital letter at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
