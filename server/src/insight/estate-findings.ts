import type { Finding } from '../rules/finding';

/** How many findings there are, by severity and by rule. */
export interface FindingCounts {
  readonly findings: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly excepted: number;
  };
  readonly findingsByRule: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly count: number;
    /** Paths of the files, each once, in order. */
    readonly files: readonly string[];
  }[];
}

/** Counts findings; the rules of the severest first, then those with the most. */
export function findingCounts(findings: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0, excepted: 0 };
  const rules = new Map<string, { rule: string; severity: string; count: number; files: Set<string> }>();
  for (const { rule, severity, path, excepted } of findings) {
    if (excepted) {
      counts.excepted++;
      continue;
    }
    counts[severity]++;
    const id = `${rule} ${severity}`;
    const seen = rules.get(id);
    if (seen) {
      seen.count++;
      seen.files.add(path);
    } else rules.set(id, { rule, severity, count: 1, files: new Set([path]) });
  }
  const order = ['error', 'warning', 'info'];
  return {
    findings: counts,
    findingsByRule: [...rules.values()]
      .sort(
        (a, b) =>
          order.indexOf(a.severity) - order.indexOf(b.severity) ||
          b.count - a.count ||
          (a.rule < b.rule ? -1 : 1),
      )
      .map(({ files, ...rule }) => ({ ...rule, files: [...files].sort() })),
  };
}
