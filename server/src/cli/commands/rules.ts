import { plainText } from '../../engine/markdown';
import { rules, rulesById } from '../../rules';
import { documentationUrl } from '../../rules/documentation';
import { appliesTo, fixKinds, rulePage } from '../../rules/page';
import type { Rule } from '../../rules/rule';
import { command } from '../command';
import { exit } from '../io';
import { chosenFormat, meant, optionLines, type OptionSpecs } from '../options';

const options: OptionSpecs = {
  format: { value: 'F', help: 'pretty (default) or json' },
  help: { help: 'this text' },
};

const usage = `Usage: kea-policy rules [RULE] [options]

Lists all rules, or prints the documentation of one.

Options:
${optionLines(options)}`;

const formats = ['pretty', 'json'] as const;

/** Lists the rules, or documents one. */
export const run = command({ options, usage }, (given, io) => {
  const format = chosenFormat(given.last('format'), formats);
  if (typeof format !== 'string') return format;
  const [id, second] = given.paths;
  if (second !== undefined) return { wrong: `rules documents one rule at a time; ${second} is one too many` };
  if (id === undefined) {
    io.stdout.write(format === 'json' ? json(rules.map(listed)) : table());
    return exit.ok;
  }
  const rule = rulesById.get(id);
  if (!rule)
    return {
      wrong: `unknown rule ${id}${meant(id, [...rulesById.keys()]) || '; kea-policy rules lists them'}`,
    };
  io.stdout.write(
    format === 'json' ? json(documented(rule)) : `${rulePage(rule, rulesById)}\n${documentationUrl(id)}\n`,
  );
  return exit.ok;
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function listed(rule: Rule) {
  return {
    rule: rule.id,
    category: rule.category,
    severity: rule.severity,
    severityCanBeSet: !rule.always,
    canBeExcepted: !rule.notExceptable,
    appliesTo: rule.in,
    fixes: fixKinds(rule),
    summary: rule.summary,
    documentation: documentationUrl(rule.id),
  };
}

function documented(rule: Rule) {
  const { what, why, configuration, related } = rule.docs;
  return {
    ...listed(rule),
    what: plainText(what),
    why: plainText(why),
    ...(configuration !== undefined && { configuration: plainText(configuration) }),
    fixes: (rule.fixes ?? []).map(({ kind, does }) => ({ kind, does })),
    related: related ?? [],
  };
}

function table(): string {
  const rows = [
    ['rule', 'default', 'applies to', 'fixes', 'finds'],
    ...rules.map((rule) => [
      rule.id,
      rule.severity,
      appliesTo(rule).replace('the config', 'config'),
      fixKinds(rule).join(', '),
      rule.summary,
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nkea-policy rules RULE says what a rule finds, why, and what to write instead.\n`;
}
