import { describe, expect, test } from 'vitest';
import { found, only } from '../harness';

const rule = 'plugin-outdated';
const path = 'own.kea-policy.json';
const policy = (version?: string, more: object = {}): object => ({
  kind: 'policy',
  name: 'Own',
  administrationGroup: 'Top/Own',
  ...(version !== undefined && { plugin: { version } }),
  ksn: {},
  ...more,
});
const judged = (version: string | undefined, config: object) =>
  found(rule, { [path]: policy(version), 'kea-policy.config.json': config }, path);

describe(rule, () => {
  test.each([
    ['3.9', '3.10', 1],
    ['3.10', '3.9', 0],
    ['3.16', '3.16.0', 0],
    ['3.16', '3.16.0.1', 1],
    ['4.0', '3.99', 0],
  ])('saved by %s, managed by %s: %i', (saved, managing, expected) => {
    expect(judged(saved, { plugin: { version: managing } })).toHaveLength(expected);
  });

  test('older than the newest agent that it reaches: that one is named', () => {
    const agents = [{ version: '3.14' }, { version: '3.16' }, { version: '3.15' }];
    const [finding] = judged('3.13', { agents });
    expect(finding!.message).toContain('agent 3.16');
    expect(finding!.anchor).toEqual({ pointer: '/plugin/version', on: 'value' });
    expect(finding!.related).toMatchObject([{ anchor: { pointer: '/agents/1/version' } }]);
    expect(judged('3.16', { agents })).toEqual([]);
  });

  test('an agent on no host is not in the field', () => {
    expect(judged('3.14', { agents: [{ version: '3.16', hosts: 0 }] })).toEqual([]);
  });

  test('both causes are one finding', () => {
    const config = { plugin: { version: '3.16' }, agents: [{ version: '3.17' }] };
    expect(judged('3.15', config)).toHaveLength(1);
    expect(judged('3.16', config)).toHaveLength(1);
    expect(judged('3.17', config)).toEqual([]);
  });

  test('an agent elsewhere does not count, nor one of a group where another policy decides', () => {
    const agents = [{ version: '3.16', administrationGroups: ['Top/Own/Below'] }];
    expect(judged('3.14', { agents })).toHaveLength(1);
    expect(
      judged('3.14', { agents: [{ version: '3.16', administrationGroups: ['Top/Elsewhere'] }] }),
    ).toEqual([]);
    const files = {
      [path]: policy('3.14'),
      'below.kea-policy.json': policy('3.16', { administrationGroup: 'Top/Own/Below' }),
      'kea-policy.config.json': { agents },
    };
    expect(found(rule, files, path)).toEqual([]);
  });

  test('unknown or malformed versions say nothing', () => {
    expect(judged(undefined, { plugin: { version: '3.16' } })).toEqual([]);
    expect(judged('3', { plugin: { version: '3.16' } })).toEqual([]);
    expect(judged('3.14', { plugin: { version: 'latest' }, agents: [{ version: 'latest' }] })).toEqual([]);
  });

  test('an exception covers it', () => {
    const exceptions = [{ rule, reason: 'Saved again after the freeze.' }];
    const files = {
      [path]: policy('3.14', { exceptions }),
      'kea-policy.config.json': { plugin: { version: '3.16' } },
    };
    expect(only(rule, files, path).excepted).toBe(true);
  });
});
