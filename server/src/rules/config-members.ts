import type { Rule } from './rule';

/** The config's JSON Schema with a member of `rules` for each rule, with its summary, and no other. */
export function withRuleMembers(configSchema: string, rules: readonly Rule[]): string {
  const schema = JSON.parse(configSchema) as { definitions: { rules: Record<string, unknown> } };
  const properties = Object.fromEntries(rules.map((rule) => [rule.id, member(rule)]));
  Object.assign(schema.definitions.rules, { additionalProperties: false, properties });
  return JSON.stringify(schema, null, 2);
}

function member(rule: Rule): unknown {
  const title = `Severity of ${rule.id}`;
  if (rule.always) {
    return { title, description: `${rule.summary}. Stays an error.`, type: 'string', enum: [rule.severity] };
  }
  return {
    allOf: [{ $ref: '#/definitions/level' }],
    title,
    description: `${rule.summary}. Default: ${rule.severity}.`,
    default: rule.severity,
  };
}
