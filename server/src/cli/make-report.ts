import { compareWithBaseline, type Baseline, type KnownFinding } from '../engine/baseline';
import { fingerprint } from '../engine/fingerprint';
import { offeredFixes } from '../engine/fixes';
import { inPlace, Locator, type LocatedFinding, type TextOf } from '../engine/locate';
import type { Severity } from '../model/config';
import { join } from '../project/discover';
import { rules, rulesById } from '../rules';
import { covers } from '../rules/exceptions';
import { absolute, relative } from './paths';
import type { Judged, Placed } from './judged';
import type { Report, ReportedFinding, ReportedPlace } from './report';
import { version } from './version';

export interface ReportInput {
  readonly judged: readonly Pick<Judged, 'findings' | 'paths' | 'partly' | 'undecided'>[];
  /** Roots of the judged paths, in the same order as `judged`. */
  readonly roots: readonly string[];
  readonly cwd: string;
  readonly now: number;
  readonly failLevel: Severity;
  readonly showExcepted: boolean;
  readonly baseline?: { readonly folder: string; readonly known: Baseline };
  /** The text of a file by its absolute path. */
  readonly textOf: TextOf;
}

/** Makes the report out of what was judged: places made concrete, paths as the user sees them, in order. */
export function makeReport(input: ReportInput): Report {
  const { cwd, judged } = input;
  const locators = new Map<string, Locator>();
  const places = new Map<string, { readonly locator: Locator; readonly path: string }>();
  const locatorOf = (root: string): Locator => {
    let locator = locators.get(root);
    if (!locator) {
      locator = new Locator((path) => input.textOf(join(root, path)));
      locators.set(root, locator);
    }
    return locator;
  };
  const shown = (root: string, path: string): string => {
    const seen = relative(cwd, join(root, path));
    if (!places.has(seen)) places.set(seen, { locator: locatorOf(root), path });
    return seen;
  };

  const all = judged
    .flatMap(({ findings }) => findings)
    .map((placed) => reported(placed, locatorOf(placed.root).locate(placed.finding), shown, input.now))
    // A nested config has findings of two projects, which know it by different paths.
    .sort((a, b) => compare(a.path, b.path) || inPlace(a.located, b.located));

  let withExcepted = all;
  let baseline: Report['baseline'];
  if (input.baseline) {
    const { folder, known } = input.baseline;
    const judgedPaths = new Set(
      judged.flatMap(({ paths, partly }, i) =>
        paths
          .filter((path) => !partly.includes(path))
          .map((path) => relative(folder, join(input.roots[i]!, path))),
      ),
    );
    const counting = all.filter(({ excepted }) => !excepted);
    const entries = counting.map((finding) => ({ ...inBaseline(finding, cwd, folder), finding }));
    const { fresh, gone } = compareWithBaseline(entries, known, (path) => judgedPaths.has(path));
    const left = new Set(fresh.map(({ finding }) => finding));
    withExcepted = all.filter((finding) => finding.excepted || left.has(finding));
    const goneHere = gone
      .map((finding) => ({ ...finding, path: relative(cwd, absolute(folder, finding.path)) }))
      .sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule));
    baseline = { known: counting.length - fresh.length, gone: goneHere };
  }
  const findings = withExcepted.filter(({ excepted }) => !excepted);
  const count = (severity: Severity): number =>
    findings.reduce((sum, finding) => sum + (finding.severity === severity ? 1 : 0), 0);
  return {
    tool: { name: 'kea-policy', version },
    summary: {
      files: judged.reduce((sum, { paths }) => sum + paths.length, 0),
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      excepted: withExcepted.length - findings.length,
      undecided: judged.reduce((sum, { undecided }) => sum + undecided, 0),
    },
    findings: input.showExcepted ? withExcepted : findings,
    withExcepted,
    rules,
    failLevel: input.failLevel,
    ...(baseline && { baseline }),
    source(path) {
      const place = places.get(path);
      return (place?.locator ?? new Locator(() => '')).file(place?.path ?? path);
    },
    fixEdits: ({ path, located }) => {
      const place = places.get(path)!;
      return offeredFixes(place.locator.file(place.path).parsed, located);
    },
  };
}

/** A finding as a baseline in `folder` remembers it. */
export function inBaseline(
  { rule, path, message, identity }: ReportedFinding,
  cwd: string,
  folder: string,
): KnownFinding {
  const fromThere = relative(folder, absolute(cwd, path));
  return { rule, path: fromThere, message, fingerprint: fingerprint({ identity }) };
}

function reported(
  { root, finding, document }: Placed,
  located: LocatedFinding,
  shown: (root: string, path: string) => string,
  now: number,
): ReportedFinding {
  const { rule, severity, message, span, pointer, fixes, identity, excepted } = located;
  const related = located.related.map((place): ReportedPlace => ({
    path: shown(root, place.path),
    pointer: 'pointer' in place.anchor ? place.anchor.pointer : '',
    span: place.span,
    message: place.message,
  }));
  const exception =
    excepted && document?.facts?.exceptions.find((entry) => covers(entry, rulesById.get(finding.rule)!, now));
  return {
    path: shown(root, finding.path),
    pointer,
    span,
    message,
    rule,
    severity,
    related,
    fixes,
    identity,
    excepted,
    ...(exception && typeof exception.reason === 'string' && { reason: exception.reason }),
    located,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
