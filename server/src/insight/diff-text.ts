/** Comparable text of what a file states: pointers are places, not content. */
export function statedText(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) => {
    if (name === 'pointer') return undefined;
    if (member instanceof Map) return [...member];
    return typeof member === 'symbol' ? '?malformed' : member;
  });
}
