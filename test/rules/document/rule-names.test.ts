import { describe, expect, test } from 'vitest';
import { rules } from '../../../server/src/rules';
import { findingsIn } from '../harness';

const config = 'kea-policy.config.json';
const judged = (content: object) => findingsIn({ [config]: content }, config);

describe('the names of rules in a config', () => {
  test('every rule is known, and its severity can be set', () => {
    const levels = rules.map(({ id, always }) => [id, always ? 'error' : 'info']);
    expect(judged({ rules: Object.fromEntries(levels) })).toEqual([]);
  });

  test.each([
    ['in the config', { rules: { 'plugin-outdatd': 'off' } }, '/rules/plugin-outdatd'],
    [
      'in an override',
      { overrides: [{ files: ['*'], rules: { 'plugin-outdatd': 'off' } }] },
      '/overrides/0/rules/plugin-outdatd',
    ],
  ])('a mistyped one %s', (_, content, pointer) => {
    expect(judged(content)).toMatchObject([
      {
        rule: 'unknown-property',
        anchor: { pointer, on: 'key' },
        message: expect.stringContaining('did you mean "plugin-outdated"?') as string,
      },
    ]);
  });

  test('names that every object has are no rules', () => {
    const text = '{ "rules": { "constructor": "off", "__proto__": "off", "toString": "off" } }';
    expect(findingsIn({ [config]: text }, config).map(({ rule }) => rule)).toEqual(
      Array.from({ length: 3 }, () => 'unknown-property'),
    );
  });

  test.each(['json-syntax', 'document-unreadable', 'document-limits'])('%s stays an error', (id) => {
    expect(judged({ rules: { [id]: 'off' } }).map(({ rule }) => rule)).toEqual(['invalid-value']);
    const findings = findingsIn({ [config]: '{ "rules": { "json-syntax": "off" }, }' }, config);
    expect(findings.find(({ rule }) => rule === 'json-syntax')?.severity).toBe('error');
  });
});
