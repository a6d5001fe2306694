import type { Span } from '../../engine/locate';
import type { ReportedFinding } from '../report';

/** A place as readers count it: lines and columns from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a span begins, counted from 1. */
export function startOf({ from }: Span): Place {
  return { line: from.line + 1, column: from.column + 1 };
}

/** Where a span ends, counted from 1; exclusive. */
export function endOf({ to }: Span): Place {
  return { line: to.line + 1, column: to.column + 1 };
}

/** Findings that stand one after the other, file by file. */
export function* byFile(
  findings: readonly ReportedFinding[],
): Generator<{ readonly path: string; readonly findings: readonly ReportedFinding[] }> {
  for (let from = 0; from < findings.length;) {
    const { path } = findings[from]!;
    let to = from + 1;
    while (findings[to]?.path === path) to++;
    yield { path, findings: findings.slice(from, to) };
    from = to;
  }
}
