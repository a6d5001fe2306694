import fc from 'fast-check';

// Texts as people and tools leave them: laid out in some way, and with what goes wrong in them.

type Tree = string | number | boolean | null | { items: Tree[] } | { members: [string, Tree][] };

/** How a text is laid out. */
export interface Layout {
  readonly indent: '' | '  ' | '    ' | '\t';
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly finalLineEnd: boolean;
  readonly bom: boolean;
}

export const layouts: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t', ''),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n', '\r'),
  finalLineEnd: fc.boolean(),
  bom: fc.boolean(),
});

/** One thing that goes wrong; `at` counts places of the document, round and round. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number];
  readonly at: number;
  readonly what: number;
}

const faultKinds = [
  ...['typo', 'unknown', 'dropped', 'again', 'againOtherwise', 'hidden', 'odd', 'moved'],
  ...['trailingComma', 'comment', 'cut', 'stray', 'lost'],
] as const;

export const faults: fc.Arbitrary<Fault[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...faultKinds), at: fc.nat(200), what: fc.nat(40) }),
  { maxLength: 4 },
);

/** Faults that leave strict JSON with every name once. */
export const shapeFaults: fc.Arbitrary<Fault[]> = faults.map((all) =>
  all.filter(({ kind }) => ['typo', 'unknown', 'dropped', 'odd', 'moved'].includes(kind)),
);

const oddValues: readonly Tree[] = [
  ...['', 'true', ' G/A ', 'a'.repeat(101), 'enforced', 'v3.10', '2026-02-30', '\ud83d\ude00', 'x\u202ey\n'],
  ...[null, true, false, 0, 1, -1, 1.5, 1e300, { items: [] }, { members: [] }],
  { items: ['DE', 'de', null] },
  { members: [['accepted', true]] },
  { members: [['enabled', true]] },
  {
    members: [
      ['version', 'S1'],
      ['accepted', true],
    ],
  },
];
const names = [
  ...['nmae', 'enabeld', 'acceptd', 'statment', 'extendedKsnMode', '__proto__', 'constructor', 'a/b~c'],
  ...['toString', 'status', 'agent', 'accepted', 'version', 'enabled', 'enforcement', '', 'k\u202esn', '💥'],
];
const strays = [
  ',',
  '}',
  ']',
  '"',
  '{',
  '[1',
  ': ',
  'tru',
  '01',
  '/*',
  '\0',
  '\u00a0',
  '\\',
  '<<<<<<< HEAD\n',
];
const comments = ['// why\n', '/* why */', '/* { */', '// "ksn": {\r\n'];

/** The text of a value, laid out and spoiled. */
export function spoiled(value: unknown, layout: Layout, wrong: readonly Fault[]): string {
  const tree = treeOf(value);
  for (const fault of wrong) spoil(tree, fault);
  const commas = new Set(wrong.filter(({ kind }) => kind === 'trailingComma').map(({ at }) => at));
  const open = { count: 0 };
  let text = print(tree, layout, '', commas, open);
  if (layout.finalLineEnd) text += layout.lineEnd;
  for (const { kind, at, what } of wrong) text = spoilText(text, kind, at, what);
  return (layout.bom ? '\ufeff' : '') + text;
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return value as Tree;
  return { members: Object.entries(value).map(([name, member]) => [name, treeOf(member)]) };
}

interface Place {
  readonly object: [string, Tree][];
  readonly i: number;
}

function places(tree: Tree): Place[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('items' in tree) return tree.items.flatMap(places);
  const object = tree.members;
  return object.flatMap(([, member], i) => [{ object, i }, ...places(member)]);
}

function spoil(tree: Tree, { kind, at, what }: Fault): void {
  const all = places(tree);
  if (all.length === 0) return;
  const { object, i } = all[at % all.length]!;
  const [name, member] = object[i]!;
  const other = oddValues[what % oddValues.length]!;
  switch (kind) {
    case 'typo':
      object[i] = [what % 2 ? name.slice(1) : `${name.slice(0, 2)}${name}`, member];
      return;
    case 'unknown':
      object.splice(i, 0, [names[what % names.length]!, other]);
      return;
    case 'dropped':
      object.splice(i, 1);
      return;
    case 'again':
      object.splice(what % (object.length + 1), 0, [name, structuredClone(member)]);
      return;
    case 'againOtherwise':
      object.push([name, structuredClone(other)]);
      return;
    case 'hidden':
      object.unshift([name, structuredClone(other)]);
      return;
    case 'odd':
      object[i] = [name, structuredClone(other)];
      return;
    case 'moved':
      object.push(...object.splice(i, 1));
      return;
    default:
      return;
  }
}

function print(
  tree: Tree,
  layout: Layout,
  outer: string,
  commas: ReadonlySet<number>,
  open: { count: number },
): string {
  if (typeof tree !== 'object' || tree === null) return JSON.stringify(tree);
  const isObject = 'members' in tree;
  const comma = commas.has(open.count++ % 12) ? ',' : '';
  const inner = outer + layout.indent;
  const parts = isObject
    ? tree.members.map(
        ([name, member]) => `${JSON.stringify(name)}: ${print(member, layout, inner, commas, open)}`,
      )
    : tree.items.map((item) => print(item, layout, inner, commas, open));
  const [start, end] = isObject ? '{}' : '[]';
  if (parts.length === 0) return start! + end!;
  if (layout.indent === '') return `${start}${parts.join(', ')}${comma}${end}`;
  const line = layout.lineEnd + inner;
  return `${start}${line}${parts.join(`,${line}`)}${comma}${layout.lineEnd}${outer}${end}`;
}

function spoilText(text: string, kind: Fault['kind'], at: number, what: number): string {
  if (kind === 'lost') {
    const marks = [...text.matchAll(/[",:{}[\]]/g)].map(({ index }) => index);
    const mark = marks[(at * 41 + what) % Math.max(1, marks.length)] ?? 0;
    return text.slice(0, mark) + text.slice(mark + 1);
  }
  if (kind === 'cut') return text.slice(0, Math.floor((text.length * (at + 1)) / 201));
  if (kind !== 'comment' && kind !== 'stray') return text;
  const token = kind === 'comment' ? comments[what % comments.length]! : strays[what % strays.length]!;
  // Between tokens: in front of a bracket, a brace or a quote that begins a name.
  const gaps = [...text.matchAll(/(?<=[[{,]\s*)["{}[\]]/g)].map(({ index }) => index);
  const gap = gaps.length ? gaps[at % gaps.length]! : 0;
  return text.slice(0, gap) + token + text.slice(gap);
}
