import type { Rule } from './rule';

/** All rules, by category and in the order of the documentation. */
export const rules: readonly Rule[] = [];

/** All rules by id. */
export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
