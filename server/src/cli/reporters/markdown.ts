import { escaped } from '../../engine/markdown';
import { documentationUrl } from '../../rules/documentation';
import type { Report, ReportedFinding, Reporter } from '../report';
import { visible } from '../visible';
import { startOf } from './place';
import { outcomeInWords, remarks } from './words';

/** A table for reviews and wikis; nothing in it that comes from files is formatted or linked. */
export const report: Reporter = (all) => markdownReport(all);

/** The report in Markdown, with at most that many findings in its table. */
export function markdownReport(all: Report, most = Infinity): string {
  const { findings } = all;
  const rows = findings.slice(0, most).map(row);
  const table = ['| Severity | Place | Rule | Message |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const left = findings.length - rows.length;
  const gone = (all.baseline?.gone ?? []).map(
    ({ path, rule, message }) => `- Gone from ${safe(path)}: ${safe(rule)}, ${safe(message)}`,
  );
  return `${[
    '## KEA policies',
    `${outcomeInWords(all)}.`,
    ...(rows.length > 0 ? [table] : []),
    ...(left > 0 ? [`${left} more are not listed here.`] : []),
    ...remarks(all).map(safe),
    ...(gone.length > 0 ? [gone.join('\n')] : []),
  ].join('\n\n')}\n`;
}

function row({ severity, path, span, rule, message, excepted, reason }: ReportedFinding): string {
  const { line, column } = startOf(span);
  const covered = excepted ? ` (excepted${reason === undefined ? '' : `: ${reason}`})` : '';
  const cells = [
    severity,
    `${safe(path)}:${line}:${column}`,
    `[${rule}](${documentationUrl(rule)})`,
    safe(message + covered),
  ];
  return `| ${cells.join(' | ')} |`;
}

const safe = (text: string): string => escaped(visible(text));
