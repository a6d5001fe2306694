import { describe, expect, test } from 'vitest';
import { fixed, fixOf, found, only } from '../harness';

const rule = 'administration-group-unknown';
const path = 'own.kea-policy.json';
const config = 'kea-policy.config.json';
const groups = ['Top', 'Top/Workstations', 'Top/Servers'];
const policy = (administrationGroup: unknown): object => ({
  kind: 'policy',
  name: 'Own',
  administrationGroup,
  ksn: {},
});
const device = (administrationGroup: string): object => ({
  kind: 'device',
  name: 'NB-1',
  administrationGroup,
  agent: { version: '3.16' },
  ksn: {},
});

describe(rule, () => {
  test.each([
    ['a policy', policy('Top/Workstation')],
    ['a device', device('Top/Workstation')],
  ])('%s in a group that is not listed: the nearest one is offered', (_, document) => {
    const files = { [path]: document, [config]: { administrationGroups: groups } };
    const finding = only(rule, files, path);
    expect(finding.anchor).toEqual({ pointer: '/administrationGroup', on: 'value' });
    expect(finding.message).toContain('did you mean "Top/Workstations"?');
    expect(found(rule, fixed(files, path, fixOf(finding, 'choice')), path)).toEqual([]);
  });

  test.each([
    ['Elsewhere', undefined],
    ['Topp/Server', 'Top/Servers'],
    ['Top/Servers/Databases', undefined],
    ['TOP', 'Top'],
    [`Top/${'x'.repeat(200)}`, undefined],
    ['__proto__', undefined],
  ])('near %s: %s', (group, meant) => {
    const files = { [path]: policy(group), [config]: { administrationGroups: groups } };
    const change = { op: 'set', pointer: '/administrationGroup', value: meant };
    expect(only(rule, files, path).fixes).toMatchObject(meant === undefined ? [] : [{ changes: [change] }]);
  });

  test('a group that is only above a listed one is not listed', () => {
    const files = { [path]: policy('Topp'), [config]: { administrationGroups: ['Top/Servers'] } };
    expect(only(rule, files, path).fixes).toEqual([]);
  });

  test('a listed group, and a config that lists none', () => {
    expect(found(rule, { [path]: policy('Top'), [config]: { administrationGroups: groups } }, path)).toEqual(
      [],
    );
    expect(found(rule, { [path]: policy('Elsewhere'), [config]: {} }, path)).toEqual([]);
    expect(found(rule, { [path]: policy('Elsewhere') }, path)).toEqual([]);
  });

  test('an empty list has no group', () => {
    expect(found(rule, { [path]: policy('Top'), [config]: { administrationGroups: [] } }, path)).toHaveLength(
      1,
    );
  });

  test('nothing is said where the list or the group is malformed', () => {
    const malformed = { administrationGroups: ['Top', 7] };
    expect(found(rule, { [path]: policy('Elsewhere'), [config]: malformed }, path)).toEqual([]);
    expect(
      found(rule, { [path]: policy('Elsewhere'), [config]: { administrationGroups: 'Top' } }, path),
    ).toEqual([]);
    const files = { [path]: policy(7), [config]: { administrationGroups: groups } };
    expect(found(rule, files, path)).toEqual([]);
  });

  test('groups of agents in the config, in overrides too; malformed ones count in the pointer', () => {
    const files = {
      [config]: {
        administrationGroups: groups,
        agents: [
          { version: '3.16', administrationGroups: [7, 'Top', '', 'Top/Servrs'] },
          { version: '3.16' },
        ],
        overrides: [
          { files: ['*'], agents: [{ version: '3.15', administrationGroups: ['Nowhere', 'Top'] }] },
        ],
      },
    };
    expect(found(rule, files, config).map(({ anchor }) => anchor)).toEqual([
      { pointer: '/agents/0/administrationGroups/3', on: 'value' },
      { pointer: '/overrides/0/agents/0/administrationGroups/0', on: 'value' },
    ]);
    expect(found(rule, files, config)[0]!.fixes).toHaveLength(1);
  });
});
