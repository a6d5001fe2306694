import { withRuleMembers } from './config-members';
import { rulePage } from './page';
import type { Rule } from './rule';
import { ruleIndex, ruleTable, withTable } from './table';

/** Where the documentation of this release is read; the one place that knows. */
export const documentationBase = 'https://github.com/kea-policy/kea-policy/blob/main/docs';

/** The page that explains a rule. */
export function documentationUrl(rule: string): string {
  return `${documentationBase}/rules/${rule}.md`;
}

/** The files that hold what rules say of themselves, as they stand now. */
export interface Derived {
  readonly readme: string;
  readonly configSchema: string;
}

/**
 * Everything that is derived from the rules, by path in the repository: a page for each rule, their index,
 * the README with its table, the config's schema with a member for each rule. Not laid out yet.
 */
export function documentationFiles(rules: readonly Rule[], before: Derived): ReadonlyMap<string, string> {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return new Map([
    ...rules.map((rule): [string, string] => [`docs/rules/${rule.id}.md`, rulePage(rule, known)]),
    ['docs/rules/README.md', ruleIndex(rules)],
    ['README.md', withTable(before.readme, ruleTable(rules, 'docs/rules'))],
    ['schemas/config.schema.json', withRuleMembers(before.configSchema, rules)],
  ]);
}
