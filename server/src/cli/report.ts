import type { LocatedFinding, Located, Span } from '../engine/locate';
import type { OfferedFix } from '../engine/fixes';
import type { Fix } from '../rules/fix';
import type { Rule } from '../rules/rule';
import type { Severity } from '../model/config';

/** A place in another or the same file; `path` relative to the current folder, with `/`. */
export interface ReportedPlace {
  readonly path: string;
  /** `''` where it concerns the whole file or a stray token. */
  readonly pointer: string;
  /** Lines and columns from 0, columns in UTF-16 units, the end exclusive: formats add 1. */
  readonly span: Span;
  readonly message: string;
}

/** A finding as formats show it: paths relative to the current folder, with `/`. */
export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly related: readonly ReportedPlace[];
  readonly fixes: readonly Fix[];
  /** The same across edits elsewhere in the file; formats show its fingerprint. */
  readonly identity: string;
  readonly excepted: boolean;
  /** Of an excepted finding: the reason that its exception records. */
  readonly reason?: string;
  /** The finding within its project, for `source` and `fixEdits`. */
  readonly located: LocatedFinding;
}

export interface Summary {
  /** Documents and configs that were asked for. */
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Covered by exceptions; not among the three above. */
  readonly excepted: number;
  /** Policies with KSN on that could not be judged against agents or plug-in for lack of a Statement version. */
  readonly undecided: number;
}

/** A finding of the baseline that is no more. */
export interface GoneFinding {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  readonly fingerprint: string;
}

/**
 * The answer of `validate`, from which every format is made. Holds nothing that changes from run to run: the
 * same input gives the same bytes.
 */
export interface Report {
  readonly tool: { readonly name: 'kea-policy'; readonly version: string };
  readonly summary: Summary;
  /** What is to be shown, in the order of paths and places; excepted findings only where they were asked for. */
  readonly findings: readonly ReportedFinding[];
  /** `findings` with all excepted ones among them, for formats that have a place for those. */
  readonly withExcepted: readonly ReportedFinding[];
  /** All rules, in the order of the documentation. */
  readonly rules: readonly Rule[];
  /** Findings at or above it make the run fail. */
  readonly failLevel: Severity;
  /** Where a baseline was given. */
  readonly baseline?: {
    /** How many findings it took off. */
    readonly known: number;
    readonly gone: readonly GoneFinding[];
  };
  /** Files that safe fixes were written to; paths as in findings. */
  readonly fixed?: readonly string[];
  /** The text, tree and lines of a file named by a `path` of this report, for code frames. */
  source(path: string): Located;
  /** The fixes of a finding that edits of its own file carry out, with those edits (safe and choice). */
  fixEdits(finding: ReportedFinding): readonly OfferedFix[];
}

export interface ReportOptions {
  readonly color: boolean;
  /** Columns of the terminal; `undefined` off a terminal. */
  readonly width?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the text of a format out of a report, in pieces that are written as they come. A format is a module
 * `reporters/<format>.ts` that exports one as `report`; `github.ts` also exports `jobSummary`, whose text the
 * command appends to the file that GITHUB_STEP_SUMMARY names.
 */
export type Reporter = (report: Report, options: ReportOptions) => string | Iterable<string>;

export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether a severity is at or above a level. */
export function atLeast(severity: Severity, level: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(level);
}
