import { locate as locateAnchor } from '../syntax/anchor';
import { Lines, type Position, type Range } from '../syntax/range';
import { parse, type Parsed } from '../syntax/tree';
import type { Finding, Related } from '../rules/finding';
import { fingerprint } from './fingerprint';

/** A range as places: lines and columns count from 0, columns in UTF-16 units, the end is exclusive. */
export interface Span extends Range {
  readonly from: Position;
  readonly to: Position;
}

/** A finding with its places made concrete. */
export interface LocatedFinding extends Omit<Finding, 'related'> {
  readonly span: Span;
  /** The pointer of what it is about; `''` where it concerns the whole file or a stray token. */
  readonly pointer: string;
  readonly related: readonly (Related & { readonly span: Span })[];
  readonly fingerprint: string;
}

/** A text with its tree and its lines, made once for all findings of a file. */
export interface Located {
  readonly parsed: Parsed;
  readonly lines: Lines;
}

/** Gives a file's text for locating; `undefined` where it can't be read (any more). */
export type TextOf = (path: string) => string | undefined;

/** Makes places concrete; keeps the trees of the files it was asked about, so use one for a batch of findings. */
export class Locator {
  private readonly files = new Map<string, Located>();

  /** @param keep how many trees to keep; findings come file by file, related places jump about a little */
  constructor(
    private readonly textOf: TextOf,
    private readonly keep = 64,
  ) {}

  file(path: string): Located {
    let file = this.files.get(path);
    if (!file) {
      const text = this.textOf(path) ?? '';
      file = {
        parsed: parse(text),
        lines: new Lines(text),
      };
      if (this.files.size >= this.keep) this.files.delete(this.files.keys().next().value!);
      this.files.set(path, file);
    }
    return file;
  }

  locate(finding: Finding): LocatedFinding {
    const { parsed } = this.file(finding.path);
    return {
      ...finding,
      span: this.span(finding.path, finding.anchor),
      pointer: 'pointer' in finding.anchor ? finding.anchor.pointer : '',
      related: finding.related.map((related) => ({
        ...related,
        span: this.span(related.path, related.anchor),
      })),
      fingerprint: fingerprint(finding, parsed),
    };
  }

  private span(path: string, anchor: Finding['anchor']): Span {
    const { parsed, lines } = this.file(path);
    const range = locateAnchor(parsed, anchor);
    return { ...range, from: lines.positionAt(range.start), to: lines.positionAt(range.end) };
  }
}

/** Orders located findings: by path, place, rule; two runs give the same order. */
export function inOrder(a: LocatedFinding, b: LocatedFinding): number {
  return (
    compare(a.path, b.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
