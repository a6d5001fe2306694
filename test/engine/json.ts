import fc from 'fast-check';

const fragments = [
  ...['{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-2.5e3', '01', '1.', 'true', 'nul', 'x', "'", '"'],
  ...['//c\n', '/*x*/', '/*', '\n', '\r\n', ' ', '\t', '\0', '\u00a0', '\ufeff', '\u2028', '\\', '\\u12'],
  ...['"\\ud800"', '"\ud800"', '"\\ud83d\\ude00"', '"a":1,', '{"a":1}', '1e400', '9007199254740993'],
];

/** Any text at all, lone surrogates and control characters included. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 30 })
  .map((codes) => String.fromCharCode(...codes));

/** Texts that look like JSON and mostly are not. */
export const nearlyJson: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom(...fragments), fc.nat(2))
    .map(([text, at, fragment, gone]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + fragment + text.slice(cut + gone);
    }),
);

/** A member list in which names may be repeated; kept as pairs, as the text will have them. */
export type Source = string | number | boolean | null | { items: Source[] } | { members: [string, Source][] };

/** Values in which names repeat now and then. */
export const sources: fc.Arbitrary<Source> = fc.letrec<{ source: Source }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer({ min: -999_999, max: 999_999 }),
    fc.boolean(),
    fc.constant(null),
    fc.record({ items: fc.array(tie('source'), { maxLength: 4 }) }),
    fc.record({
      members: fc.array(
        fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor', '\\"', ':'), tie('source')),
        { maxLength: 4 },
      ),
    }),
  ),
})).source;

/** The text of a source, with blanks as told. */
export function textOf(source: Source, blank = ''): string {
  if (typeof source !== 'object' || source === null) return JSON.stringify(source);
  if ('items' in source)
    return `[${source.items.map((item) => blank + textOf(item, blank)).join(',')}${blank}]`;
  const members = source.members.map(
    ([name, member]) => `${blank}${JSON.stringify(name)}${blank}:${textOf(member, blank)}`,
  );
  return `{${members.join(',')}${blank}}`;
}

/** How many members the text of a source has, and whether a name is repeated in one object. */
export function countOf(source: Source): { members: number; repeated: number } {
  if (typeof source !== 'object' || source === null) return { members: 0, repeated: 0 };
  const inner = 'items' in source ? source.items : source.members.map(([, member]) => member);
  const counts = inner.map(countOf);
  const names = 'members' in source ? source.members.map(([name]) => name) : [];
  return {
    members: names.length + counts.reduce((sum, { members }) => sum + members, 0),
    repeated: names.length - new Set(names).size + counts.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}
