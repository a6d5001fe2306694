import { appliesTo, fixKinds } from './page';
import type { Category, Rule } from './rule';

const categories: Record<Category, string> = {
  document: 'Documents as such',
  statement: 'KSN Statement',
  enforcement: 'Enforcement and inheritance',
  proxy: 'KSN proxy server',
  plugin: 'Plug-in',
  compliance: 'Compliance',
};

/**
 * All rules as one table in Markdown.
 * @param folder where the rules' pages are, seen from the file that the table is for
 */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  return [
    '| rule | default | applies to | finds | fixes |',
    '| --- | --- | --- | --- | --- |',
    ...rules.map((rule) => row(rule, folder)),
  ].join('\n');
}

/** The table of contents of the rules' pages, by category. */
export function ruleIndex(rules: readonly Rule[]): string {
  const parts = Object.entries(categories).flatMap(([category, title]) => {
    const within = rules.filter((rule) => rule.category === category);
    return within.length ? [`## ${title}`, ruleTable(within, '.')] : [];
  });
  return (
    [
      '# The rules',
      'Every finding names the rule that found it. A rule has a default severity, which the `rules` of `kea-policy.config.json` set to `off`, `info`, `warning` or `error`; where a deviation is approved, it is recorded as an exception in the document itself.',
      ...parts,
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function row(rule: Rule, folder: string): string {
  const cells = [
    `[${rule.id}](${folder === '.' ? '' : `${folder}/`}${rule.id}.md)`,
    rule.severity,
    appliesTo(rule),
    rule.summary,
    fixKinds(rule).join(', '),
  ];
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}

/** What stands around the table in the README. */
export const tableMarkers = { begin: '<!-- rules:begin -->', end: '<!-- rules:end -->' } as const;

/** A text with the table between its markers brought up to date; throws where it has no markers. */
export function withTable(text: string, table: string): string {
  const begin = text.indexOf(tableMarkers.begin);
  const end = text.indexOf(tableMarkers.end);
  if (begin < 0 || end < begin) throw new Error(`no ${tableMarkers.begin} … ${tableMarkers.end}`);
  return `${text.slice(0, begin)}${tableMarkers.begin}\n\n${table}\n\n${text.slice(end)}`;
}
