import type { Severity } from '../../model/config';
import { severities, type Report, type ReportedFinding, type Reporter } from '../report';
import { visible } from '../visible';
import { markdownReport } from './markdown';
import { endOf, startOf } from './place';
import { count, outcomeInWords, remarks } from './words';

/** How many annotations of a severity GitHub shows of one step. */
const shownBySeverity = 10;

/** How many findings the summary of a job lists: GitHub takes 1 MiB of it. */
const listedInSummary = 500;

const commandOf: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** Annotations for GitHub Actions, as many as it shows; the rest is counted. */
export const report: Reporter = function* (all) {
  const findings = all.findings.filter(({ excepted }) => !excepted);
  for (const severity of severities) {
    const own = findings.filter((finding) => finding.severity === severity);
    for (const finding of own.slice(0, shownBySeverity)) yield `${annotation(finding)}\n`;
    const left = own.length - shownBySeverity;
    if (left > 0) {
      const name = commandOf[severity];
      yield `kea-policy: ${count(left, `more ${name}`, `more ${name}s`)} without an annotation, since GitHub shows ${shownBySeverity} of a kind; the job summary lists them\n`;
    }
  }
  yield `kea-policy: ${outcomeInWords(all)}\n`;
  for (const remark of remarks(all)) yield `kea-policy: ${remark}\n`;
};

/** The text for the summary of the job: every finding in a table, up to what GitHub takes. */
export function jobSummary(all: Report): string {
  return markdownReport(all, listedInSummary);
}

function annotation({ severity, path, span, rule, message }: ReportedFinding): string {
  const start = startOf(span);
  const end = endOf(span);
  // GitHub takes an end column only on the line where the annotation begins, and takes it as inclusive.
  const columns =
    start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  const properties = Object.entries({
    file: path,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: `kea-policy: ${rule}`,
  });
  const written = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${commandOf[severity]} ${written}::${data(visible(message))}`;
}

// The escapes of GitHub's workflow commands.
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
