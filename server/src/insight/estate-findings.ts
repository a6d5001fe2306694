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
  }[];
}

/** Counts findings; the rules of the severest first, then those with the most. */
export function findingCounts(findings: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0, excepted: 0 };
  const rules = new Map<string, { rule: string; severity: string; count: number }>();
  for (const { rule, severity, excepted } of findings) {
    if (excepted) {
      counts.excepted++;
      continue;
    }
    counts[severity]++;
    const id = `${rule} ${severity}`;
    const seen = rules.get(id);
    if (seen) seen.count++;
    else rules.set(id, { rule, severity, count: 1 });
  }
  const order = ['error', 'warning', 'info'];
  return {
    findings: counts,
    findingsByRule: [...rules.values()].sort(
      (a, b) =>
        order.indexOf(a.severity) - order.indexOf(b.severity) ||
        b.count - a.count ||
        (a.rule < b.rule ? -1 : 1),
    ),
  };
}
