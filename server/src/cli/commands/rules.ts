import { plainText } from '../../engine/markdown';
import { rules, rulesById } from '../../rules';
import { documentationUrl } from '../../rules/documentation';
import { appliesTo, fixKinds, rulePage } from '../../rules/page';
import type { Rule } from '../../rules/rule';
import { exit, refuse, type Io } from '../io';
import { meant, optionLines, parseOptions, type OptionSpecs } from '../options';

const options: OptionSpecs = {
  format: { value: 'F', help: 'pretty (default) or json' },
  help: { help: 'this text' },
};

export const usage = `Usage: kea-policy rules [RULE] [options]

Lists all rules, or prints the documentation of one.

Options:
${optionLines(options)}`;

const formats = ['pretty', 'json'];

/** Lists the rules, or documents one. */
export function run(args: string[], io: Io): number {
  const given = parseOptions(args, options);
  if ('wrong' in given) return refuse(io, given.wrong);
  if (given.has('help')) {
    io.stdout.write(usage);
    return exit.ok;
  }
  const format = given.last('format') ?? 'pretty';
  if (!formats.includes(format)) {
    return refuse(io, `unknown format ${format}${meant(format, formats) || ` (${formats.join(', ')})`}`);
  }
  const [id, second] = given.paths;
  if (second !== undefined)
    return refuse(io, `rules documents one rule at a time; ${second} is one too many`);
  if (id === undefined) {
    io.stdout.write(format === 'json' ? json(rules.map(listed)) : table());
    return exit.ok;
  }
  const rule = rulesById.get(id);
  if (!rule)
    return refuse(
      io,
      `unknown rule ${id}${meant(id, [...rulesById.keys()]) || '; kea-policy rules lists them'}`,
    );
  io.stdout.write(
    format === 'json' ? json(documented(rule)) : `${rulePage(rule, rulesById)}\n${documentationUrl(id)}\n`,
  );
  return exit.ok;
}

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
