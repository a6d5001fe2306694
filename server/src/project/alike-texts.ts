import type { DocumentFacts } from '../model/facts';
import { renamed } from '../model/read';
import { platformUtf8, type FromUtf8 } from '../syntax/decode';
import { find } from '../syntax/find';
import type { Range } from '../syntax/range';

/** Members that two documents may differ in and still say the same. */
const free = ['name', 'description', 'administrationGroup'] as const;
type Free = (typeof free)[number];

/** A text that was in order, cut open at the values of its free members. */
interface Template {
  readonly facts: DocumentFacts;
  /** In the order of the text. */
  readonly members: readonly Free[];
  /** The text around the values, quotes included: one piece more than there are members. */
  readonly pieces: readonly Uint8Array[];
}

const mostTemplates = 8;
/** Of a name, in bytes: no more characters than a name may have, whichever they are. */
const longestName = 100;
const [quote, backslash, space, lastAscii] = [34, 92, 32, 126];
/** Groups that nothing can be wrong with; what the schema allows beyond is valid where it was read before. */
const plainGroup = /^[\w.-]+(?: [\w.-]+)*(?:\/[\w.-]+(?: [\w.-]+)*)*$/;

/**
 * Files of an estate that differ in nothing but name, description and group, as those of most devices do: the second
 * one that says the same becomes a template, and what fits a template needs not be decoded, parsed and validated
 * again. The facts are those that reading it would give.
 */
export class AlikeTexts {
  private readonly templates: Template[] = [];
  private readonly groups = new Map<string, string>();
  private readonly once = new WeakSet<object>();
  // files of one group mostly come one after the other
  private lastGroup: { readonly bytes: Uint8Array; readonly path: string } | undefined;

  constructor(private readonly fromUtf8: FromUtf8 = platformUtf8) {}

  /** The facts of a file of a size that documents may have; `undefined` where it has to be read. */
  factsOf(bytes: Uint8Array): DocumentFacts | undefined {
    for (let i = 0; i < this.templates.length; i++) {
      const facts = this.fitted(this.templates[i]!, bytes);
      if (!facts) continue;
      // what fits often moves to the front
      if (i > 0) this.templates.splice(i - 1, 2, this.templates[i]!, this.templates[i - 1]!);
      return facts;
    }
    return undefined;
  }

  /**
   * Remembers a file that was found to be in order.
   * @param text its bytes as text, without byte order mark
   */
  learn(bytes: Uint8Array, text: string, facts: DocumentFacts): void {
    const group = facts.administrationGroup as string;
    this.groups.set(group, group);
    // Reading gives documents that say the same the same parts.
    if (!this.once.has(facts.ksn)) {
      this.once.add(facts.ksn);
      return;
    }
    // It may have been nothing but its group that was new.
    if (this.factsOf(bytes)) return;
    const places = free
      .map((member) => ({ member, range: find(text, `/${member}`, 'value') }))
      .filter((place): place is { member: Free; range: Range } => place.range !== undefined)
      .sort((a, b) => a.range.start - b.range.start);
    const encoder = new TextEncoder();
    let done = 0;
    const pieces = places.map(({ range }) => {
      const piece = encoder.encode(text.slice(done, range.start + 1));
      done = range.end - 1;
      return piece;
    });
    if (this.templates.length === mostTemplates) this.templates.pop();
    this.templates.push({
      facts,
      members: places.map(({ member }) => member),
      pieces: [...pieces, encoder.encode(text.slice(done))],
    });
  }

  private fitted({ facts, members, pieces }: Template, bytes: Uint8Array): DocumentFacts | undefined {
    let name = '';
    let group: string | undefined;
    let at = 0;
    for (let i = 0; i < members.length; i++) {
      const piece = pieces[i]!;
      if (!isAt(bytes, at, piece)) return undefined;
      const start = at + piece.length;
      at = endOfPlain(bytes, start);
      if (at < 0) return undefined;
      const member = members[i];
      if (member === 'administrationGroup') {
        group = this.groupAt(bytes, start, at);
        if (group === undefined) return undefined;
      } else if (member === 'name') {
        if (at === start || at - start > longestName) return undefined;
        name = this.fromUtf8(bytes.subarray(start, at))!;
      }
    }
    const rest = pieces[members.length]!;
    if (bytes.length - at !== rest.length || !isAt(bytes, at, rest)) return undefined;
    return renamed(facts, name, group!);
  }

  /** A group that is valid for sure. */
  private groupAt(bytes: Uint8Array, start: number, end: number): string | undefined {
    const { lastGroup } = this;
    if (lastGroup?.bytes.length === end - start && isAt(bytes, start, lastGroup.bytes)) return lastGroup.path;
    const written = this.fromUtf8(bytes.subarray(start, end))!;
    let path = this.groups.get(written);
    if (path === undefined && plainGroup.test(written)) this.groups.set(written, (path = written));
    // A copy: the bytes of the next file are read into the same buffer, of which Node's slice is a view.
    if (path !== undefined) this.lastGroup = { bytes: new Uint8Array(bytes.subarray(start, end)), path };
    return path;
  }
}

function isAt(bytes: Uint8Array, at: number, piece: Uint8Array): boolean {
  for (let i = 0; i < piece.length; i++) if (bytes[at + i] !== piece[i]) return false;
  return true;
}

/** Where a string of JSON ends, the quote not counted; -1 where it holds more than printable ASCII as it is. */
function endOfPlain(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    const c = bytes[at]!;
    if (c === quote) return at;
    if (c < space || c === backslash || c > lastAscii) return -1;
  }
  return -1;
}
