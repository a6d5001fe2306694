import { exampleText } from './example-text';
import type { DocumentedFix, Example, ExampleFile, Rule, Subject } from './rule';

/** What a rule looks at, in words. */
const subjects: Record<Subject, string> = { policy: 'policies', device: 'devices', config: 'the config' };

/** What the kinds of fixes promise. */
const promises: Record<'safe' | 'choice' | 'consent', string> = {
  safe: 'A *safe* fix changes nothing that any device does: fix-all, fix on save and `--fix` apply it too.',
  choice:
    'A *choice* changes what devices do or what the author meant: it is applied by hand, one at a time, in the editor.',
  consent:
    'A *consent* records an acceptance of the KSN Statement: only after the sentence of the console has been confirmed, in the editor or by `kea-policy accept`.',
};

/** What a rule applies to, in words. */
export function appliesTo(rule: Rule): string {
  return rule.in.map((subject) => subjects[subject]).join(', ');
}

/** The documentation of a rule as a page of Markdown; `known` are the rules that it may link to. */
export function rulePage(rule: Rule, known: ReadonlyMap<string, Rule>): string {
  const { docs } = rule;
  return sections([
    `# ${rule.id}`,
    `${rule.summary}.`,
    facts(rule),
    '## What it finds',
    docs.what,
    '## Why it matters',
    docs.why,
    '## Avoid',
    ...docs.avoid.flatMap(example),
    '## Prefer',
    ...docs.prefer.flatMap(example),
    ...fixes(rule),
    '## Configuration',
    ...configuration(rule),
    '## Exceptions',
    ...exceptions(rule),
    ...(docs.related?.length ? ['## Related', related(docs.related, known)] : []),
  ]);
}

function facts(rule: Rule): string {
  return [
    `- Category: ${rule.category}`,
    `- Default severity: ${rule.severity}${rule.always ? ', always' : ''}`,
    `- Applies to: ${appliesTo(rule)}`,
    `- Fixes: ${fixKinds(rule).join(', ') || 'none'}`,
  ].join('\n');
}

/** The kinds of fixes that a rule offers, each once; one that only leads somewhere is a choice as well. */
export function fixKinds({ fixes = [] }: Rule): (keyof typeof promises)[] {
  return [...new Set(fixes.map(promised))];
}

const promised = ({ kind }: DocumentedFix): keyof typeof promises => (kind === 'open' ? 'choice' : kind);

function example({ title, now, files }: Example): string[] {
  return [`**${title}**${now ? ` (judged on ${now.slice(0, 10)})` : ''}`, ...files.flatMap(file)];
}

function file(of: ExampleFile): string[] {
  const text = exampleText(of);
  if (typeof text !== 'string') {
    const bytes = [...text].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return [`\`${of.path}\`, its first bytes:`, fenced('text', bytes)];
  }
  return [`\`${of.path}\`:`, fenced(typeof of.content === 'string' ? 'text' : 'json', text)];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;
}

function fixes(rule: Rule): string[] {
  if (!rule.fixes) return [];
  const list = rule.fixes.map((fix) => `- ${promised(fix)}: ${fix.does}`).join('\n');
  return [
    '## Fixes',
    list,
    fixKinds(rule)
      .map((kind) => promises[kind])
      .join('\n'),
  ];
}

function configuration(rule: Rule): string[] {
  if (rule.always) return ['Its severity cannot be set: nothing could be judged in its place.'];
  const level = rule.severity === 'error' ? 'warning' : 'error';
  const content = { rules: { [rule.id]: level } };
  return [
    ...(rule.docs.configuration ? [rule.docs.configuration] : []),
    'Its severity is set in the config, for all files or in `overrides` for some: `off`, `info`, `warning` or `error`.',
    ...file({ path: 'kea-policy.config.json', content }),
  ];
}

function exceptions(rule: Rule): string[] {
  if (rule.notExceptable) return ['None: what this rule finds has to be mended.'];
  const holders = rule.in.filter((subject) => subject !== 'config');
  if (holders.length === 0)
    return ['None: exceptions are recorded in policies and devices. Set its severity instead.'];
  const content = {
    exceptions: [
      {
        rule: rule.id,
        reason: 'Why the deviation is right here, with the ticket.',
        approvedBy: 'Who approved it',
        expires: '2027-01-31',
      },
    ],
  };
  return [
    `An approved deviation is recorded in the ${holders.join(' or the ')} itself. It covers what this rule finds there until the day in \`expires\` is over; without that member, for good.`,
    fenced('json', exampleText({ path: '', content }) as string),
  ];
}

function related(ids: readonly string[], known: ReadonlyMap<string, Rule>): string {
  return ids.map((id) => `- [${id}](${id}.md): ${known.get(id)?.summary ?? ''}`).join('\n');
}

function sections(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
