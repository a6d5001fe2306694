// Who reads a text and who shows places in it ask the same about the same text, one after the other.
let last: string | undefined;

/** The value of a text; `undefined` for one that is not strict JSON. */
export function parseStrict(text: string): { readonly value: unknown } | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    last = text;
    return { value };
  } catch {
    return undefined;
  }
}

/** Whether a text is strict JSON. */
export function isStrict(text: string): boolean {
  return text === last || parseStrict(text) !== undefined;
}
