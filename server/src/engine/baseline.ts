/** A finding as a baseline remembers it. */
export interface KnownFinding {
  readonly rule: string;
  /** Relative to the folder of the baseline, with `/`. */
  readonly path: string;
  readonly message: string;
  readonly fingerprint: string;
}

export interface Baseline {
  readonly formatVersion: 1;
  readonly findings: readonly KnownFinding[];
}

/** A baseline out of its text, or in words why it is none. */
export function readBaseline(text: string): Baseline | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { wrong: `it is not JSON (${(error as Error).message})` };
  }
  const { formatVersion, findings } = (value ?? {}) as Partial<Baseline>;
  if (formatVersion !== 1) return { wrong: 'it is not a baseline of format version 1' };
  const isKnown = (known: unknown): known is KnownFinding =>
    typeof known === 'object' &&
    known !== null &&
    ['rule', 'path', 'message', 'fingerprint'].every(
      (member) => typeof (known as Record<string, unknown>)[member] === 'string',
    );
  if (!Array.isArray(findings) || !findings.every(isKnown))
    return { wrong: 'its findings are not well-formed' };
  return { formatVersion, findings };
}

/** The text of a baseline, one finding a line in an order of its own, so that changes of it are easy to review. */
export function writeBaseline(findings: readonly KnownFinding[]): string {
  const lines = findings
    .map(({ rule, path, message, fingerprint }) => ({ rule, path, message, fingerprint }))
    .sort(
      (a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
    )
    .map((finding) => `\n    ${JSON.stringify(finding)}`);
  return `{\n  "formatVersion": 1,\n  "findings": [${lines.join()}${lines.length ? '\n  ' : ''}]\n}\n`;
}

/**
 * Holds findings against a baseline. The same finding standing twice is known twice only if it was then.
 * @param judged whether a path of the baseline was judged now: what was not asked for is not gone
 */
export function compareWithBaseline<F extends KnownFinding>(
  findings: readonly F[],
  baseline: Baseline,
  judged: (path: string) => boolean,
): { readonly fresh: readonly F[]; readonly gone: readonly KnownFinding[] } {
  const left = new Map<string, KnownFinding[]>();
  const id = ({ path, fingerprint }: KnownFinding): string => `${fingerprint} ${path}`;
  for (const known of baseline.findings) {
    const same = left.get(id(known));
    if (same) same.push(known);
    else left.set(id(known), [known]);
  }
  const fresh = findings.filter((finding) => left.get(id(finding))?.pop() === undefined);
  return { fresh, gone: [...left.values()].flat().filter(({ path }) => judged(path)) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
