import { documentationUrl } from '../../rules/documentation';
import type { Fix } from '../../rules/fix';
import { severities, type Report, type ReportedFinding, type Reporter } from '../report';
import { visible } from '../visible';
import { frame } from './frame';
import { colorOf, painter, type Paint } from './paint';
import { byFile, startOf } from './place';
import { outcomeInWords, remarks } from './words';
import { wrapped } from './wrap';

/** What the kinds of fixes mean, as short as it gets. */
const promises: Record<Fix['kind'], string> = {
  safe: 'safe: --fix applies it',
  choice: 'a choice of yours',
  consent: 'after you confirm it: kea-policy accept',
  open: 'a place to go',
};

// Beyond that, lines are hard to read; off a terminal nobody says how many there are.
const widest = 120;
const usual = 100;

/** For people: every finding with the lines it is about, what helps to understand it, and ways out. */
export const report: Reporter = function* (all, { color, width: columns }) {
  const paint = painter(color);
  const width = Math.max(40, Math.min(columns ?? usual, widest));
  for (const { path, findings } of byFile(all.findings)) {
    yield `${paint('underline', visible(path))}\n\n`;
    for (const finding of findings) yield `${shown(finding, all, width, paint)}\n\n`;
  }
  yield summary(all, width, paint);
};

function shown(finding: ReportedFinding, all: Report, width: number, paint: Paint): string {
  const { line, column } = startOf(finding.span);
  const style = colorOf[finding.severity];
  const title = [
    `  ${paint('dim', `${line}:${column}`)}`,
    paint(finding.excepted ? 'dim' : style, finding.excepted ? 'excepted' : finding.severity),
    paint('bold', finding.rule),
  ];
  return [
    title.join('  '),
    ...indented(wrapped(visible(finding.message), width - 4), 4),
    ...place(finding, 1, (n) => paint(style, '^'.repeat(n))),
    ...finding.related.flatMap((related) => {
      const at = startOf(related.span);
      const where = `${visible(related.path)}:${at.line}:${at.column}`;
      return [
        '',
        ...labelled('see', `${where}  ${visible(related.message)}`),
        ...place(related, 0, (n) => paint('cyan', '-'.repeat(n))),
      ];
    }),
    '',
    ...finding.fixes.flatMap((fix) => labelled('fix', `${visible(fix.title)} (${promises[fix.kind]})`)),
    ...(finding.reason === undefined ? [] : labelled('reason', visible(finding.reason))),
    ...labelled('rule', documentationUrl(finding.rule)),
  ].join('\n');

  function labelled(label: string, text: string): string[] {
    const [first = '', ...rest] = wrapped(text, width - 12);
    return [`    ${paint('dim', label.padEnd(8))}${first}`, ...indented(rest, 12)];
  }

  function place(
    { path, span }: Pick<ReportedFinding, 'path' | 'span'>,
    around: number,
    mark: (n: number) => string,
  ) {
    const { lines } = all.source(path);
    const margin = 9 + String(lines.count).length;
    const rows = frame(lines, span, { width: width - margin, around, paint, mark });
    return rows.length === 0 ? [] : ['', ...indented(rows, 6)];
  }
}

const indented = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

function summary(all: Report, width: number, paint: Paint): string {
  const worst = severities.find((severity) => all.summary[severity] > 0);
  const sure = all.summary.undecided === 0;
  const style = worst ? colorOf[worst] : sure ? 'green' : 'yellow';
  const said = [paint('bold', paint(style, `${outcomeInWords(all)}.`)), ...byRule(all, paint)];
  const more = remarks(all).flatMap((remark) => wrapped(remark, width));
  const gone = (all.baseline?.gone ?? []).map(({ path, rule, message }) =>
    paint('dim', `  gone: ${visible(path)}: ${rule} ${visible(message)}`),
  );
  return `${[...said, ...more, ...gone].join('\n')}\n`;
}

/** How often which rule found something, most often first within a severity. */
function byRule({ findings }: Report, paint: Paint): string[] {
  const counts = new Map<string, { readonly finding: ReportedFinding; number: number }>();
  for (const finding of findings) {
    if (finding.excepted) continue;
    const id = `${finding.severity} ${finding.rule}`;
    const known = counts.get(id);
    if (known) known.number++;
    else counts.set(id, { finding, number: 1 });
  }
  if (counts.size === 0) return [];
  const rows = [...counts.values()].sort(
    (a, b) =>
      severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
      b.number - a.number ||
      (a.finding.rule < b.finding.rule ? -1 : 1),
  );
  const widest = Math.max(...rows.map(({ number }) => String(number).length));
  return rows.map(({ number, finding: { severity, rule } }) => {
    return `  ${String(number).padStart(widest)}  ${paint(colorOf[severity], severity.padEnd(7))}  ${rule}`;
  });
}
