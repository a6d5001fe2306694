import { locate as locateAnchor } from '../syntax/anchor';
import { findNearest } from '../syntax/find';
import { isStrict } from '../syntax/strict';
import { Lines, type Position, type Range } from '../syntax/range';
import { parse, type Parsed } from '../syntax/tree';
import type { Finding, Related } from '../rules/finding';
import { identity } from './fingerprint';

/** A range as places: lines and columns count from 0, columns in UTF-16 units, the end is exclusive. */
export interface Span extends Range {
  readonly from: Position;
  readonly to: Position;
}

/** A finding with its places made concrete. */
export interface PlacedFinding extends Omit<Finding, 'related'> {
  readonly span: Span;
  /** The pointer of what it is about; `''` where it concerns the whole file or a stray token. */
  readonly pointer: string;
  readonly related: readonly (Related & { readonly span: Span })[];
}

/** The same with what identifies it across edits elsewhere. */
export interface LocatedFinding extends PlacedFinding {
  readonly identity: string;
}

/** A text with its tree and its lines, made once for all findings of a file. */
export interface Located {
  readonly text: string;
  readonly parsed: Parsed;
  readonly lines: Lines;
  /** Where an anchor is. */
  rangeOf(anchor: Finding['anchor']): Range;
}

/** Gives a file's text for locating; `undefined` where it can't be read (any more). */
export type TextOf = (path: string) => string | undefined;

const fewPlaces = 8;

/** A file of a locator. Its tree is made only where a place can't be found without: most files have one finding. */
class OneFile implements Located {
  private tree: Parsed | undefined;
  private table: Lines | undefined;
  private strict: boolean | undefined;
  private found = 0;

  constructor(readonly text: string) {}

  get parsed(): Parsed {
    return (this.tree ??= parse(this.text));
  }

  get lines(): Lines {
    return (this.table ??= new Lines(this.text));
  }

  rangeOf(anchor: Finding['anchor']): Range {
    if ('range' in anchor) return anchor.range;
    // For many places the tree is cheaper than as many walks through the text.
    const few = !this.tree && this.found++ < fewPlaces;
    return few && this.isStrict()
      ? findNearest(this.text, anchor.pointer, anchor.on)
      : locateAnchor(this.parsed, anchor);
  }

  private isStrict(): boolean {
    return (this.strict ??= isStrict(this.text));
  }
}

/** Makes places concrete; keeps the trees of the files it was asked about, so use one for a batch of findings. */
export class Locator {
  private readonly files = new Map<string, OneFile>();

  /** @param keep how many trees to keep; findings come file by file, related places jump about a little */
  constructor(
    private readonly textOf: TextOf,
    private readonly keep = 64,
  ) {}

  file(path: string): OneFile {
    let file = this.files.get(path);
    if (!file) {
      file = new OneFile(this.textOf(path) ?? '');
      if (this.files.size >= this.keep) this.files.delete(this.files.keys().next().value!);
      this.files.set(path, file);
    }
    return file;
  }

  /** Forgets the file at a path, or all: they have other texts now. */
  forget(path?: string): void {
    if (path === undefined) this.files.clear();
    else this.files.delete(path);
  }

  locate(finding: Finding): LocatedFinding {
    const placed = this.place(finding);
    return { ...placed, identity: identity(finding, this.file(finding.path)) };
  }

  /** Only the places: an editor does without what identifies a finding. */
  place(finding: Finding): PlacedFinding {
    return placeBy(finding, (path, anchor) => this.span(path, anchor));
  }

  /** Where an anchor is in a file. */
  span(path: string, anchor: Finding['anchor']): Span {
    const file = this.file(path);
    const { lines } = file;
    const { start, end } = file.rangeOf(anchor);
    return { start, end, from: lines.positionAt(start), to: lines.positionAt(end) };
  }
}

/** A finding with the places that `span` knows for its anchors. */
export function placeBy(
  finding: Finding,
  span: (path: string, anchor: Finding['anchor']) => Span,
): PlacedFinding {
  const { rule, severity, message, path, anchor, related, fixes, excepted, value } = finding;
  // Each by its name: to spread them takes several times as long, and this is done for all that is shown.
  return {
    rule,
    severity,
    message,
    path,
    anchor,
    fixes,
    excepted,
    value,
    span: span(path, anchor),
    pointer: 'pointer' in anchor ? anchor.pointer : '',
    related: related.map((at) => ({ ...at, span: span(at.path, at.anchor) })),
  };
}

/** Orders located findings: by path, place, rule; two runs give the same order. */
export function inOrder(a: PlacedFinding, b: PlacedFinding): number {
  return compare(a.path, b.path) || inPlace(a, b);
}

/** Orders located findings of one file: by place, rule. */
export function inPlace(a: PlacedFinding, b: PlacedFinding): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
