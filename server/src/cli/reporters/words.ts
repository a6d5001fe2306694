import type { Severity } from '../../model/config';
import { severities, type Report } from '../report';
import { visible } from '../visible';

/** `1 error`, `2 errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

const counted: Record<Severity, readonly [string, string]> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['info', 'info'],
};

/** How many findings of which severity there are, in words: `2 errors and 1 warning`. */
export function outcomeInWords({ summary, findings }: Pick<Report, 'summary' | 'findings'>): string {
  const files = count(summary.files, 'file');
  const parts = severities.flatMap((severity) =>
    summary[severity] > 0 ? [count(summary[severity], ...counted[severity])] : [],
  );
  if (parts.length === 0) return `No problems found in ${files}`;
  const among = new Set(findings.flatMap(({ excepted, path }) => (excepted ? [] : [path]))).size;
  const last = parts.pop()!;
  return `${parts.length ? `${parts.join(', ')} and ` : ''}${last} in ${among} of ${files}`;
}

const mostNamed = 10;

/** What the counts don't tell, a sentence each: green must not pass for checked. */
export function remarks({
  summary,
  baseline,
  fixed = [],
}: Pick<Report, 'summary' | 'baseline' | 'fixed'>): string[] {
  const { excepted, undecided } = summary;
  const said: string[] = [];
  if (undecided > 0) {
    said.push(
      `${count(undecided, 'policy that turns KSN on', 'policies that turn KSN on')} could not be checked to the end: the Statement version of the plug-in or of an agent is not known (plugin.statementVersion and agents in kea-policy.config.json).`,
    );
  }
  if (excepted > 0) {
    said.push(
      `${count(excepted, 'finding')} ${excepted === 1 ? 'is' : 'are'} covered by recorded exceptions (--show-excepted shows them, --no-exceptions ignores exceptions).`,
    );
  }
  if (baseline && baseline.known > 0) {
    const { known } = baseline;
    said.push(
      `${count(known, 'finding')} ${known === 1 ? 'is' : 'are'} known from the baseline and ${known === 1 ? 'does' : 'do'} not count.`,
    );
  }
  if (baseline && baseline.gone.length > 0) {
    const gone = baseline.gone.length;
    said.push(
      `${count(gone, 'finding')} of the baseline ${gone === 1 ? 'is' : 'are'} gone: write it again (--write-baseline).`,
    );
  }
  if (fixed.length > 0) {
    const more = fixed.length > mostNamed ? ` and ${fixed.length - mostNamed} more` : '';
    const named = fixed.slice(0, mostNamed).map(visible).join(', ');
    said.push(`Safe fixes were applied to ${count(fixed.length, 'file')}: ${named}${more}.`);
  }
  return said;
}
