import { getLocation, type Location } from 'jsonc-parser';
import type { Position, Range as LspRange } from 'vscode-languageserver-types';
import { child, type Pointer } from '../syntax/pointer';
import { Locator } from '../engine/locate';
import { nameOf, nodeAt, nodeAtOffset, rangeOf } from '../syntax/tree';
import { isConfigPath, lspRange, offsetAt, type Scene } from './scene';

/** Where something is to be completed. */
export interface CompletionPlace {
  readonly scene: Scene;
  readonly location: Location;
  /** Of the member or item at the cursor; of one to come, with an empty name. */
  readonly pointer: Pointer;
  /** What is replaced: the token that the cursor is in or at, or the half-typed word without quotes before it. */
  readonly range: LspRange;
  readonly isConfig: boolean;
  /** Whether the cursor is in the name of a member that has a colon already. */
  readonly isNameOfMember: boolean;
  /** Whether the cursor is where a value of a member begins, or in one. */
  readonly isAtValue: boolean;
  /** Whether another member or item follows, so that one inserted here needs a comma. */
  readonly needsComma: boolean;
  /** The offset, right behind a value, where the comma is missing that parts it from what is inserted here. */
  readonly missingComma: number | undefined;
  /**
   * Whether nothing can be written here: behind the end of the document, right behind a value, or between a colon and
   * the value that belongs to it.
   */
  readonly takesNothing: boolean;
}

/** A value, and no name of a member that follows one without a value. */
const beginsWithValue = /^[ \t]*(?:[{[\w-]|"(?:[^"\\\r\n]|\\.)*"(?!\s*:))/;

export function completionPlace(scene: Scene, position: Position): CompletionPlace {
  const { text, lines } = scene.file;
  const offset = offsetAt(lines, position);
  const location = getLocation(text, offset);
  const { previousNode: token } = location;
  const end = token && token.offset + token.length;
  const isInToken = token && token.offset <= offset && end! >= offset;
  const range = lspRange(lines, isInToken ? rangeOf(token) : { start: wordStart(text, offset), end: offset });
  const isBehindColon = /:[ \t]*$/.test(text.slice(Math.max(0, offset - 100), offset));
  const textAfter = (at: number): string => text.slice(at, at + 1000);
  const start = offsetAt(lines, range.start);
  const before = text.slice(0, start).trimEnd().length;
  const parts = location.isAtPropertyKey || typeof location.path.at(-1) === 'number';
  const isOpen = parts && before > 0 && !'{[,:'.includes(text[before - 1]!);
  const isNameOfMember = token !== undefined && location.isAtPropertyKey && /^\s*:/.test(textAfter(end!));
  const isBehindEnd = location.path.length === 0 && isBehindRoot(scene, offset);
  const isBehindValue = before === start && (isOpen || /[}\]]/.test(text.charAt(before - 1)));
  const isBeforeValue = !isInToken && text[before - 1] === ':' && beginsWithValue.test(textAfter(offset));
  return {
    scene,
    location,
    pointer: location.path.reduce<Pointer>(child, ''),
    range,
    isConfig: isConfigPath(scene.path),
    isAtValue: !location.isAtPropertyKey && (isInToken === true || isBehindColon),
    isNameOfMember,
    needsComma: /^\s*["{]/.test(textAfter(offsetAt(lines, range.end))),
    missingComma: before < start && isEndOfPart(scene, before) ? before : undefined,
    takesNothing: isBehindEnd || isBehindValue || isBeforeValue,
  };
}

function isBehindRoot({ file }: Scene, offset: number): boolean {
  const { root } = file.parsed;
  return root?.children !== undefined && root.offset + root.length <= offset;
}

const isClosed = /^"(?:[^"\\]|\\.)*"$/s;

/** Whether a value of a member or an item ends there. */
function isEndOfPart({ file }: Scene, offset: number): boolean {
  if (offset === 0 || '{[,:'.includes(file.text[offset - 1]!)) return false;
  const node = nodeAtOffset(file.parsed.root, offset);
  if (!node?.parent || node.type === 'property' || node.offset + node.length !== offset) return false;
  // a comma behind a string that is not closed would be one in it
  if (node.type === 'string' && !isClosed.test(file.text.slice(node.offset, offset))) return false;
  return node.parent.type === 'array' || node !== nameOf(node.parent);
}

/** A place as it is once the comma that is missing before it is set. */
export interface Parted {
  readonly scene: Scene;
  readonly position: Position;
  /** A range there as one in the file as it is. */
  readonly back: (range: LspRange) => LspRange;
  /** Where the comma goes in the file as it is. */
  readonly comma: LspRange;
}

export function withComma(scene: Scene, position: Position, offset: number): Parted {
  const { text, lines } = scene.file;
  const comma = lspRange(lines, { start: offset, end: offset });
  const at = comma.start;
  const moved = (by: 1 | -1, { line, character }: Position): Position => ({
    line,
    character: line === at.line && character > at.character ? character + by : character,
  });
  const file = new Locator(() => `${text.slice(0, offset)},${text.slice(offset)}`).file(scene.path);
  return {
    scene: { ...scene, file },
    position: moved(1, position),
    back: ({ start, end }) => ({ start: moved(-1, start), end: moved(-1, end) }),
    comma,
  };
}

function wordStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && /[^\s":,{}[\]]/.test(text[start - 1]!)) start--;
  return start;
}

/** The names of the members that the object at a pointer has. */
export function memberNames({ file }: Scene, object: Pointer): ReadonlySet<string> {
  const node = nodeAt(file.parsed.root, object);
  return new Set(node?.children?.map((member) => nameOf(member).value as string));
}
