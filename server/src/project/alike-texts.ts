import type { DocumentFacts } from '../model/facts';
import { renamed } from '../model/read';
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
  readonly pieces: readonly string[];
}

const mostTemplates = 8;
const longestName = 100;
const [backslash, space] = [92, 32];

/**
 * Texts of an estate that differ in nothing but name, description and group, as those of most devices do: the second
 * one that says the same becomes a template, and what matches a template needs not be parsed and validated again.
 * The facts are those that reading it would give.
 */
export class AlikeTexts {
  private readonly templates: Template[] = [];
  private readonly groups = new Map<string, string>();
  private readonly once = new WeakSet<object>();

  /** The facts of a text that came from UTF-8; `undefined` where it has to be read. */
  factsOf(text: string): DocumentFacts | undefined {
    for (let i = 0; i < this.templates.length; i++) {
      const facts = this.fitted(this.templates[i]!, text);
      if (!facts) continue;
      // what fits often moves to the front
      if (i > 0) this.templates.splice(i - 1, 2, this.templates[i]!, this.templates[i - 1]!);
      return facts;
    }
    return undefined;
  }

  /** Remembers a text that was found to be in order. */
  learn(text: string, facts: DocumentFacts): void {
    const group = facts.administrationGroup as string;
    this.groups.set(group, group);
    // Reading gives documents that say the same the same parts.
    if (!this.once.has(facts.ksn)) {
      this.once.add(facts.ksn);
      return;
    }
    const places = free
      .map((member) => ({ member, range: find(text, `/${member}`, 'value') }))
      .filter((place): place is { member: Free; range: Range } => place.range !== undefined)
      .sort((a, b) => a.range.start - b.range.start);
    let done = 0;
    const pieces = places.map(({ range }) => {
      const piece = text.slice(done, range.start + 1);
      done = range.end - 1;
      return piece;
    });
    if (this.templates.length === mostTemplates) this.templates.pop();
    this.templates.push({
      facts,
      members: places.map(({ member }) => member),
      pieces: [...pieces, text.slice(done)],
    });
  }

  private fitted({ facts, members, pieces }: Template, text: string): DocumentFacts | undefined {
    let name = '';
    let group = '';
    let at = 0;
    for (let i = 0; i < members.length; i++) {
      const piece = pieces[i]!;
      if (!text.startsWith(piece, at)) return undefined;
      const start = at + piece.length;
      const end = text.indexOf('"', start);
      if (end < 0) return undefined;
      if (members[i] === 'administrationGroup') {
        // one that was read before is a valid one
        const known = this.groups.get(text.slice(start, end));
        if (known === undefined) return undefined;
        group = known;
      } else {
        if (!isPlain(text, start, end)) return undefined;
        if (members[i] === 'name') {
          if (end === start || end - start > longestName) return undefined;
          // parsed, not cut out: a slice would hold on to the whole text
          name = JSON.parse(text.slice(start - 1, end + 1)) as string;
        }
      }
      at = end;
    }
    const rest = pieces[members.length]!;
    if (text.length - at !== rest.length || !text.startsWith(rest, at)) return undefined;
    return renamed(facts, name, group);
  }
}

/** Whether a string of JSON stands for itself: no escape, and no character that has to be one. */
function isPlain(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === backslash || c < space) return false;
  }
  return true;
}
