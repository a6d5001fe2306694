import { describe, expect, test } from 'vitest';
import { found, only, projectOf } from '../harness';
import { namesakes } from '../../../server/src/project/names';
import { policyOf } from '../harness';

const rule = 'name-duplicate';
const policy = (name: string, group: string, more: object = {}): object => ({
  kind: 'policy',
  name,
  administrationGroup: `Managed devices/${group}`,
  status: 'inactive',
  ksn: {},
  ...more,
});
const device = (name: string, group: string): object => ({
  kind: 'device',
  name,
  administrationGroup: `Managed devices/${group}`,
  agent: { version: '3.16' },
  ksn: {},
});

describe(rule, () => {
  test('is found at both, each naming the other', () => {
    const files = { 'a.kea-policy.json': policy('X', 'A'), 'b.kea-policy.json': policy('X', 'A') };
    const finding = only(rule, files, 'a.kea-policy.json');
    expect(finding.anchor).toEqual({ pointer: '/name', on: 'value' });
    expect(finding.message).toContain('"X"');
    expect(finding.message).toContain('b.kea-policy.json');
    expect(finding.related.map(({ path }) => path)).toEqual(['b.kea-policy.json']);
    expect(only(rule, files, 'b.kea-policy.json').related.map(({ path }) => path)).toEqual([
      'a.kea-policy.json',
    ]);
  });

  test('is not found across groups, kinds or differently written names', () => {
    const files = {
      'a.kea-policy.json': policy('X', 'A'),
      'b.kea-policy.json': policy('X', 'B'),
      'below.kea-policy.json': policy('X', 'A/C'),
      'device.kea-policy.json': device('X', 'A'),
      'lower.kea-policy.json': policy('x', 'A'),
    };
    for (const path of Object.keys(files)) expect(found(rule, files, path)).toEqual([]);
  });

  test('devices of one host', () => {
    const files = { 'a.kea-policy.json': device('NB-1', 'A'), 'b.kea-policy.json': device('NB-1', 'A') };
    expect(only(rule, files, 'b.kea-policy.json').message).toContain('more than one device');
  });

  test('of many, five are shown and the rest is counted', () => {
    const files = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`${i}.kea-policy.json`, policy('X', 'A')]),
    );
    const finding = only(rule, files, '3.kea-policy.json');
    expect(finding.related.map(({ path }) => path)).toEqual(
      [0, 1, 2, 4, 5].map((i) => `${i}.kea-policy.json`),
    );
    expect(finding.message).toContain('and 2 more');
  });

  test('a malformed name or group is nobody’s', () => {
    const files = {
      'a.kea-policy.json': policy('', 'A'),
      'b.kea-policy.json': policy('', 'A'),
      'c.kea-policy.json': policy('X', 'A', { administrationGroup: 7 }),
      'd.kea-policy.json': policy('X', 'A', { administrationGroup: 7 }),
    };
    for (const path of Object.keys(files)) expect(found(rule, files, path)).toEqual([]);
  });

  test('follows changes of the project', () => {
    const files = { 'a.kea-policy.json': policy('X', 'A'), 'b.kea-policy.json': policy('Y', 'A') };
    const project = projectOf(files);
    const a = policyOf(project, 'a.kea-policy.json');
    const b = policyOf(project, 'b.kea-policy.json');
    expect(namesakes(project, a)).toEqual([]);
    const renamed = { ...b, facts: { ...b.facts, name: 'X' } };
    project.replace(b.path, renamed);
    expect(namesakes(project, a)).toEqual([renamed]);
    project.replace(b.path, undefined);
    expect(namesakes(project, a)).toEqual([]);
    project.replace(b.path, renamed);
    expect(namesakes(project, a)).toEqual([renamed]);
  });
});
