import { describe, expect, test } from 'vitest';
import { fixed, fixOf, found, only } from '../harness';

const rule = 'ksn-proxy-without-ksn';
const path = 'own.kea-policy.json';
const policy = (group: string, ksn: object, more: object = {}): object => ({
  kind: 'policy',
  name: group,
  administrationGroup: group,
  ksn,
  ...more,
});
const device = (ksn: object): object => ({
  kind: 'device',
  name: 'NB-1',
  administrationGroup: 'Top/A',
  agent: { version: '3.16' },
  ksn,
});
const proxy = { useKscAsKsnProxy: true };

describe(rule, () => {
  test.each([
    ['off', { enabled: false, ...proxy }],
    ['off by default', proxy],
    ['off, and enforced', { enforcement: 'enforce', enabled: false, ...proxy }],
  ])('is found where KSN usage is %s', (_, ksn) => {
    const files = { [path]: policy('Top', ksn) };
    const finding = only(rule, files, path);
    expect(finding.severity).toBe('info');
    expect(finding.anchor).toEqual({ pointer: '/ksn/useKscAsKsnProxy', on: 'value' });
    expect(found(rule, fixed(files, path, fixOf(finding, 'choice')), path)).toEqual([]);
  });

  test.each([
    ['KSN usage is on', { enabled: true, ...proxy }],
    ['there is no proxy', { enabled: false }],
    ['enabled is malformed', { enabled: 'no', ...proxy }],
    ['the proxy is malformed', { enabled: false, useKscAsKsnProxy: 'yes' }],
  ])('is not found where %s', (_, ksn) => {
    expect(found(rule, { [path]: policy('Top', ksn) }, path)).toEqual([]);
  });

  test('is not found where a parent enforces its group', () => {
    const parent = policy('Top', { enforcement: 'enforce', enabled: false });
    const inherits = { 'top.kea-policy.json': parent, [path]: policy('Top/A', proxy) };
    expect(found(rule, inherits, path)).toEqual([]);
    const declines = {
      ...inherits,
      [path]: policy('Top/A', proxy, { inheritance: { inheritFromParent: false } }),
    };
    expect(found(rule, declines, path)).toHaveLength(1);
  });

  test('is not found where it is not known whose group is the effective one', () => {
    const parent = policy('Top', { enforcement: 'enforce', enabled: false });
    const files = {
      'one.kea-policy.json': parent,
      'two.kea-policy.json': parent,
      [path]: policy('Top/A', proxy),
    };
    expect(found(rule, files, path)).toEqual([]);
  });

  test('a device: only where its own settings are effective', () => {
    const files = { [path]: device(proxy) };
    expect(found(rule, files, path)).toHaveLength(1);
    const enforced = { 'top.kea-policy.json': policy('Top', { enforcement: 'enforce' }), ...files };
    expect(found(rule, enforced, path)).toEqual([]);
    const undefinedGroup = { 'top.kea-policy.json': policy('Top', {}), ...files };
    expect(found(rule, undefinedGroup, path)).toHaveLength(1);
  });
});
