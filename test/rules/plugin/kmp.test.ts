import { describe, expect, test } from 'vitest';
import { fixed, fixOf, found, only } from '../harness';

const notConfigurable = 'kmp-not-configurable';
const stillRunning = 'kmp-still-running';
const path = 'own.kea-policy.json';

const policy = (members: object): object => ({
  kind: 'policy',
  name: 'Own',
  administrationGroup: 'Top/Own',
  ksn: {},
  ...members,
});
const saved = (version: string): object => ({ plugin: { version } });
const on = { kmp: { enabled: true } };
const off = { kmp: { enabled: false } };
const config = (content: object): object => ({ 'kea-policy.config.json': content });

describe(notConfigurable, () => {
  test.each([
    ['3.10', true],
    ['3.10.0', true],
    ['3.9', false],
    ['3.9.99999', false],
    ['3.1', false],
    ['4.0', true],
  ])('plug-in %s: %s', (version, expected) => {
    const files = { [path]: policy({ ...saved(version), ...off }) };
    expect(found(notConfigurable, files, path)).toHaveLength(expected ? 1 : 0);
  });

  test('the config names the managing plug-in, and is pointed to', () => {
    const files = { [path]: policy({ ...saved('3.16'), ...off }), ...config({ plugin: { version: '3.9' } }) };
    expect(found(notConfigurable, files, path)).toEqual([]);
    const newer = { ...files, ...config({ plugin: { version: '3.11' } }) };
    const finding = only(notConfigurable, newer, path);
    expect(finding.message).toContain('3.11');
    expect(finding.anchor).toEqual({ pointer: '/kmp', on: 'key' });
    expect(finding.related).toMatchObject([
      { path: 'kea-policy.config.json', anchor: { pointer: '/plugin/version', on: 'value' } },
    ]);
  });

  test('an override names it for its files', () => {
    const files = {
      [path]: policy({ ...saved('3.9'), ...off }),
      ...config({
        plugin: { version: '3.9' },
        overrides: [{ files: ['own*'], plugin: { version: '3.16' } }],
      }),
    };
    expect(only(notConfigurable, files, path).related).toEqual([]);
  });

  test('nothing is said where the version is not known or malformed', () => {
    expect(found(notConfigurable, { [path]: policy(on) }, path)).toEqual([]);
    expect(found(notConfigurable, { [path]: policy({ ...saved('new'), ...on }) }, path)).toEqual([]);
    expect(found(notConfigurable, { [path]: policy({ ...saved('3.16'), kmp: 1 }) }, path)).toEqual([]);
  });

  test('kmp is removed, but not while KMP goes on running', () => {
    const files = { [path]: policy({ ...saved('3.16'), ...on }) };
    const finding = only(notConfigurable, files, path);
    expect(found(notConfigurable, fixed(files, path, fixOf(finding, 'choice')), path)).toEqual([]);

    const running = {
      [path]: policy({ ...saved('3.9'), ...on }),
      ...config({ plugin: { version: '3.16' } }),
    };
    expect(found(stillRunning, running, path)).toHaveLength(1);
    expect(only(notConfigurable, running, path).fixes).toEqual([]);
  });
});

describe(stillRunning, () => {
  const manages = (version: string): object => config({ plugin: { version } });

  test('KMP on, saved before 3.10, managed since by a later plug-in', () => {
    const files = { [path]: policy({ ...saved('3.9'), ...on }), ...manages('3.10') };
    const finding = only(stillRunning, files, path);
    expect(finding.anchor).toEqual({ pointer: '/kmp/enabled', on: 'value' });
    expect(finding.message).toContain('3.9');
    expect(finding.message).toContain('plug-in 3.10');
  });

  test.each([
    ['KMP is off', { ...saved('3.9'), ...off }, manages('3.16')],
    ['it was saved since', { ...saved('3.10'), ...on }, manages('3.16')],
    ['nobody knows by what it was saved', on, manages('3.16')],
    ['the plug-in is an old one', { ...saved('3.9'), ...on }, manages('3.9')],
    ['the version is malformed', { ...saved('3'), ...on }, manages('3.16')],
  ])('not where %s', (_, members, surroundings) => {
    expect(found(stillRunning, { [path]: policy(members), ...surroundings }, path)).toEqual([]);
  });

  test('an agent of 3.10 or later that the policy reaches', () => {
    const agents = (groups?: string[]): object =>
      config({
        plugin: { version: '3.9' },
        agents: [{ version: '3.9' }, { version: '3.11', administrationGroups: groups }],
      });
    const own = { [path]: policy({ ...saved('3.9'), ...on }) };
    const finding = only(stillRunning, { ...own, ...agents(['Top/Own']) }, path);
    expect(finding.message).toContain('agent 3.11');
    expect(finding.related).toMatchObject([
      { path: 'kea-policy.config.json', anchor: { pointer: '/agents/1/version', on: 'value' } },
    ]);
    expect(found(stillRunning, { ...own, ...agents(['Top']) }, path)).toHaveLength(1);
    expect(found(stillRunning, { ...own, ...agents(['Top/Other']) }, path)).toEqual([]);
    expect(found(stillRunning, { ...own, ...agents(['Top/Own2']) }, path)).toEqual([]);
  });

  test('a device document that the policy reaches', () => {
    const device = {
      kind: 'device',
      name: 'NB-1',
      administrationGroup: 'Top/Own/Below',
      agent: { version: '3.12' },
      ksn: {},
    };
    const files = { [path]: policy({ ...saved('3.9'), ...on }), 'nb-1.kea-policy.json': device };
    expect(only(stillRunning, files, path).related).toMatchObject([{ path: 'nb-1.kea-policy.json' }]);
  });
});
