import type { ConfigFacts } from '../model/config';
import type { DocumentFacts } from '../model/facts';
import { Reader, type Intern } from '../model/read';
import type { Problem, Shape } from '../schema/problem';
import { isWellFormed, kindProblem, shapeOf, shapeProblems } from '../schema/shape';
import { startOfFile } from '../syntax/anchor';
import { decode, maxBytes, tooLarge, type DecodeFault, type FromUtf8 } from '../syntax/decode';
import { maxDepth } from '../syntax/depth';
import type { Pointer } from '../syntax/pointer';
import { syntaxProblems } from '../syntax/problems';
import { hasLoneSurrogate, memberCount, scan } from '../syntax/scan';
import { parseStrict } from '../syntax/strict';
import { leavesTreeWhole } from '../syntax/syntax-errors';
import { parse, plain } from '../syntax/tree';
import { unvalued } from '../syntax/unvalued';
import type { AlikeTexts } from './alike-texts';

export { maxBytes } from '../syntax/decode';

/** What a document says, and what is wrong with it as a document. */
export interface ReadDocument {
  /** `undefined` where it is neither a policy nor a device, or can't be read. */
  readonly facts: DocumentFacts | undefined;
  readonly problems: readonly Problem[];
}

export interface ReadConfig {
  /** What is well-formed in it; those of an empty config where it can't be read. */
  readonly facts: ConfigFacts;
  readonly problems: readonly Problem[];
}

/** A file's content: its bytes, or its text without a byte order mark, as an editor has it. */
export type Content = Uint8Array | string;

const none: readonly Problem[] = Object.freeze([]);

/** What makes reading many documents cheaper; what is read is the same with and without. */
export interface Aids {
  /** Keeps one copy of strings that recur. */
  readonly intern?: Intern;
  /** Knows files that say the same; of use only where content is bytes. */
  readonly alike?: AlikeTexts;
  /** A faster way to decode than the platform's. */
  readonly fromUtf8?: FromUtf8 | undefined;
}

/** Reads a policy or a device. Never throws, whatever the content is. */
export function readDocument(content: Content, { intern, alike, fromUtf8 }: Aids = {}): ReadDocument {
  const bytes = typeof content === 'string' || content.length > maxBytes ? undefined : content;
  const known = bytes && alike?.factsOf(bytes);
  if (known) return { facts: known, problems: none };
  const text = textOf(content, fromUtf8);
  if (typeof text !== 'string') return { facts: undefined, problems: [text.problem] };
  const read = readValue(text, shapeOf);
  if ('problem' in read) return { facts: undefined, problems: [read.problem] };
  const facts = new Reader(read.bad, intern).document(read.value);
  if (bytes && facts && read.problems.length === 0) alike?.learn(bytes, text, facts);
  return { facts, problems: read.problems };
}

/** Reads a config. Never throws, whatever the content is. */
export function readConfig(content: Content): ReadConfig {
  const text = textOf(content);
  const read = typeof text === 'string' ? readValue(text, () => 'config') : text;
  if ('problem' in read) return { facts: new Reader(undefined).config(undefined), problems: [read.problem] };
  return { facts: new Reader(read.bad).config(read.value), problems: read.problems };
}

interface Unjudged {
  /** Nothing of it can be judged. */
  readonly problem: Problem;
}

type Read =
  /** `bad`: the members that are malformed, or required and absent; absent where there are none. */
  | {
      readonly value: unknown;
      readonly bad: ReadonlySet<Pointer> | undefined;
      readonly problems: readonly Problem[];
    }
  | Unjudged;

function textOf(content: Content, fromUtf8?: FromUtf8): string | Unjudged {
  if (typeof content === 'string') {
    const large = tooLarge(content);
    return large ? { problem: unreadable(large) } : content;
  }
  const decoded = decode(content, fromUtf8);
  return 'fault' in decoded ? { problem: unreadable(decoded) } : decoded.text;
}

function readValue(text: string, shapeFor: (value: unknown) => Shape | undefined): Read {
  const parsed = parseStrict(text);
  if (parsed && saysWhatItHolds(text, parsed.value)) {
    const shape = shapeFor(parsed.value);
    if (shape && isWellFormed(shape, parsed.value)) {
      return { value: parsed.value, bad: undefined, problems: none };
    }
    return withProblems(parsed.value, [], shapeIn(parsed.value, shape));
  }
  const tree = parse(text);
  if (tree.refused) return { problem: tooDeep };
  if (!tree.root) return { value: undefined, bad: undefined, problems: syntaxProblems(tree) };
  const value = plain(tree.root);
  const bad = tree.errors.length > 0 ? unvalued(tree.root) : [];
  return withProblems(value, syntaxProblems(tree), shapeIn(value, shapeFor(value)), bad);
}

/** Whether nothing of a strict JSON text is lost in its value: no repeated name, no odd number or character. */
function saysWhatItHolds(text: string, value: unknown): boolean {
  const { tooDeep, suspicious, members } = scan(text);
  return !tooDeep && !suspicious && members === memberCount(value);
}

function shapeIn(value: unknown, shape: Shape | undefined): readonly Problem[] {
  return shape ? shapeProblems(shape, value) : [kindProblem(value)];
}

/**
 * Puts together what is wrong with the text and with the shape, without saying the same twice.
 * @param unread members that are malformed besides
 */
function withProblems(
  value: unknown,
  syntax: readonly Problem[],
  shape: readonly Problem[],
  unread: readonly Pointer[] = [],
): Read {
  const bad = new Set(unread);
  for (const { malformed } of [...syntax, ...shape]) if (malformed !== undefined) bad.add(malformed);
  const whole = syntax.every(leavesTreeWhole);
  const told = new Set(syntax.flatMap(({ malformed }) => (malformed === undefined ? [] : [malformed])));
  const rest = shape.filter(({ rule, anchor }) => {
    // A member may be missing only because the text breaks off before it, or in it.
    if (rule === 'missing-property' && !whole) return false;
    return !('pointer' in anchor && (told.has(anchor.pointer) || hasLoneSurrogate(anchor.pointer)));
  });
  const problems = rest.length + syntax.length === 0 ? none : [...syntax, ...rest];
  return { value, bad: bad.size === 0 ? undefined : bad, problems };
}

const tooDeep: Problem = {
  rule: 'document-limits',
  message: `The document is nested deeper than ${maxDepth} levels: it is not read, and nothing in it is validated.`,
  anchor: startOfFile,
};

function unreadable({ fault, message }: { fault: DecodeFault; message: string }): Problem {
  const rule = fault === 'too-large' ? 'document-limits' : 'document-unreadable';
  return { rule, message, anchor: startOfFile };
}
