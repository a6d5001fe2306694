import { describe, expect, test } from 'vitest';
import { fixed, fixOf, found } from '../harness';

const rule = 'ksn-region-restricted';
const path = 'own.kea-policy.json';
const policy = (regions: unknown, ksn: object): object => ({
  kind: 'policy',
  name: 'Own',
  administrationGroup: 'Top/Own',
  regions,
  ksn,
});
const on = { enabled: true };

describe(rule, () => {
  test('the United States by default, and only where KSN usage is on', () => {
    const files = { [path]: policy(['DE', 'US'], on) };
    const [finding, ...others] = found(rule, files, path);
    expect(others).toEqual([]);
    expect(finding!.anchor).toEqual({ pointer: '/regions/1', on: 'value' });
    expect(finding!.message).toContain('region US');
    const after = fixed(files, path, fixOf(finding!, 'choice'));
    expect(JSON.parse(after[path] as string)).toMatchObject({ ksn: { enabled: false } });
    expect(found(rule, after, path)).toEqual([]);
    expect(found(rule, { [path]: policy(['US'], {}) }, path)).toEqual([]);
    expect(found(rule, { [path]: policy(['US'], { enabled: 'true' }) }, path)).toEqual([]);
  });

  test('each restricted region of the config once', () => {
    const files = {
      [path]: policy(['CA', 'US', 'CN', 'CN', 'USA'], on),
      'kea-policy.config.json': { restrictedRegions: ['CN', 'CA'] },
    };
    expect(found(rule, files, path).map(({ anchor }) => anchor)).toEqual([
      { pointer: '/regions/0', on: 'value' },
      { pointer: '/regions/2', on: 'value' },
    ]);
  });

  test('an override lifts it for its files', () => {
    const overrides = [{ files: ['own.kea-policy.json'], restrictedRegions: [] }];
    const files = { [path]: policy(['US'], on), 'kea-policy.config.json': { overrides } };
    expect(found(rule, files, path)).toEqual([]);
  });

  test('a device', () => {
    const device = {
      kind: 'device',
      name: 'NB-1',
      administrationGroup: 'Top/Own',
      agent: { version: '3.16' },
      regions: ['US'],
      ksn: on,
    };
    expect(found(rule, { [path]: device }, path)).toHaveLength(1);
  });
});
