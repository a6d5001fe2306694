import { describe, expect, test } from 'vitest';
import { accepted, config, device, file, managedBy, off, on, policy } from '../documents';
import { findingsIn, fixed, fixOf, found, only, projectOf, type ProjectFiles } from '../harness';
import { judge } from '../../../server/src/engine/judge';
import { Project } from '../../../server/src/project/project';

const rule = 'ksn-agent-statement-mismatch';
const p = file('p');
const withAgents = (agents: object[], ksn: object = on('A'), more: object = {}): ProjectFiles => ({
  [p]: policy('M/EMEA', ksn, more),
  [config]: managedBy('A', { agents }),
});
const b = { version: '3.14', statementVersion: 'B' };
const message = (agents: object[]): string => only(rule, withAgents(agents), p).message;

describe('what a policy says of its agents', () => {
  test('how many hosts of which agent version lose KSN usage, and how many more are at risk', () => {
    const agents = [
      { ...b, hosts: 1200 },
      { version: '3.16', statementVersion: 'A', hosts: 300 },
    ];
    const finding = only(rule, withAgents(agents), p);
    expect(finding.message).toBe(
      'Statement version A is not the one that is carried by 1,200 hosts with agent 3.14 (Statement version B): KSN usage will be switched off there and in the policy itself, and nobody is told; besides, 300 hosts whose agents carry this version would then probably lose KSN usage too.',
    );
    expect(finding.severity).toBe('error');
    expect(finding.anchor).toEqual({ pointer: '/ksn/statement/version', on: 'value' });
    expect(finding.related).toMatchObject([
      { path: config, anchor: { pointer: '/agents/0/statementVersion', on: 'value' } },
    ]);
  });

  test('every agent in one finding, those of one version together', () => {
    const agents = [
      { ...b, hosts: 10 },
      { version: '3.15', statementVersion: 'C', hosts: 1 },
      { ...b, hosts: 5 },
    ];
    expect(message(agents)).toContain(
      '15 hosts with agent 3.14 (Statement version B) and 1 host with agent 3.15 (Statement version C)',
    );
    expect(only(rule, withAgents(agents), p).related).toHaveLength(3);
  });

  test('nobody else is at risk where nobody else is known', () => {
    expect(message([{ ...b, hosts: 10 }])).not.toContain('besides');
  });

  test('what the config does not count is said to be unknown', () => {
    expect(message([b])).toContain('an unknown number of hosts with agent 3.14');
    expect(message([{ ...b, hosts: 10 }, b])).toContain(
      '10 hosts and an unknown number of others with agent 3.14',
    );
    expect(message([{ ...b, hosts: 'many' }])).toContain('an unknown number of hosts with agent 3.14');
    expect(
      message([
        { ...b, hosts: 10 },
        { version: '3.16', statementVersion: 'A' },
      ]),
    ).toContain('besides, an unknown number of hosts whose agents');
    expect(message([{ version: 3, statementVersion: 'B', hosts: 2 }])).toContain(
      '2 hosts with an agent of unknown version',
    );
  });

  test('a device that the config counts already is not counted again', () => {
    const files = (agents: object[], group = 'M/EMEA/Sales') => ({
      ...withAgents(agents),
      [file('d')]: device(group, {}, 'B'),
    });
    const counted = (files: ProjectFiles) => /carried by (.*?) with/.exec(only(rule, files, p).message)?.[1];
    const entry = { version: '3.16', statementVersion: 'B', hosts: 20 };
    expect(counted(files([]))).toBe('1 host');
    expect(counted(files([entry]))).toBe('20 hosts');
    expect(counted(files([{ ...entry, administrationGroups: ['M/EMEA'] }]))).toBe('20 hosts');
    expect(counted(files([{ ...entry, administrationGroups: ['M/EMEA/IT'] }]))).toBe('21 hosts');
    expect(counted(files([{ ...entry, administrationGroups: ['M/EMEA/Sales'] }], 'M/EMEA/Sales2'))).toBe(
      '21 hosts',
    );
    expect(counted(files([{ ...entry, version: '3.14' }]))).toBe('20 hosts');
    expect(only(rule, files([]), p).related).toMatchObject([
      { path: file('d'), anchor: { pointer: '/agent/statementVersion' } },
    ]);
  });

  test('disabling KSN usage ends it', () => {
    const files = withAgents([{ ...b, hosts: 10 }]);
    const after = fixed(files, p, fixOf(only(rule, files, p), 'choice'));
    expect(findingsIn(after, p)).toEqual([]);
  });

  test('is the same whatever order the files come in', () => {
    const files: Record<string, unknown> = withAgents([b]);
    for (const name of ['c', 'a', 'b']) files[file(name)] = device('M/EMEA', {}, name.toUpperCase() + '1');
    const project = projectOf(files);
    const reversed = new Project(project.root, project.config, [...project.documents].reverse());
    const now = 0;
    const say = (one: Project) =>
      judge(one, one.document(p)!, { now }).filter((finding) => finding.rule === rule);
    expect(say(reversed)).toEqual(say(project));
    expect(say(project)[0]!.related.map(({ path }) => path)).toEqual([config, ...['a', 'b', 'c'].map(file)]);
  });
});

describe('which agents a policy meets', () => {
  test.each([
    ['anywhere', undefined, 1],
    ['above it: the hosts may be in its group', ['M'], 1],
    ['in its group', ['M/EMEA'], 1],
    ['below its group, where nobody else decides', ['M/EMEA/Sales/Berlin'], 1],
    ['in one of several groups', ['M/APAC', 'M/EMEA'], 1],
    ['beside it', ['M/APAC'], 0],
    ['in a group whose name begins alike', ['M/EMEA2'], 0],
    ['in a group below such a one', ['M/EMEA2/Sales'], 0],
    ['in no group at all', [], 0],
  ])('agents %s', (_, administrationGroups, findings) => {
    const files = withAgents([{ ...b, administrationGroups }]);
    expect(found(rule, files, p)).toHaveLength(findings);
  });

  test('agents whose groups are malformed are nowhere, not anywhere', () => {
    expect(found(rule, withAgents([{ ...b, administrationGroups: 'M/EMEA' }]), p)).toEqual([]);
  });

  test('agents on no host are not in the field', () => {
    expect(found(rule, withAgents([{ ...b, hosts: 0 }]), p)).toEqual([]);
  });

  test.each([
    ['inherits: it follows this one', {}, 1],
    ['declines, and nobody forces it', { inheritance: { inheritFromParent: false } }, 0],
    ['is not active', { status: 'inactive', inheritance: { inheritFromParent: false } }, 1],
    ['is out of office', { status: 'outOfOffice' }, 1],
    ['does not say clearly whether it inherits', { inheritance: { inheritFromParent: 'no' } }, 0],
  ])('agents of a group below whose policy %s', (_, more, findings) => {
    const files = {
      ...withAgents([{ ...b, administrationGroups: ['M/EMEA/Sales'] }]),
      [file('below')]: policy('M/EMEA/Sales', off, more),
    };
    expect(found(rule, files, p)).toHaveLength(findings);
  });

  test('agents of a group whose policy declines in vain', () => {
    const files = {
      ...withAgents([{ ...b, administrationGroups: ['M/EMEA/Sales'] }], on('A'), {
        inheritance: { forceInChildren: true },
      }),
      [file('below')]: policy('M/EMEA/Sales', off, { inheritance: { inheritFromParent: false } }),
    };
    expect(found(rule, files, p)).toHaveLength(1);
  });

  test('neither of two active policies reaches anything', () => {
    const files = { ...withAgents([b]), [file('twin')]: policy('M/EMEA', off) };
    expect(found(rule, files, p)).toEqual([]);
  });

  test('agents that an override names for this policy alone', () => {
    const files = {
      [p]: policy('M/EMEA', on('A')),
      [file('q')]: policy('M/APAC', on('A')),
      [config]: managedBy('A', { overrides: [{ files: ['p.*'], agents: [b] }] }),
    };
    expect(only(rule, files, p).related).toMatchObject([
      { anchor: { pointer: '/overrides/0/agents/0/statementVersion' } },
    ]);
    expect(found(rule, files, file('q'))).toEqual([]);
  });
});

describe('which policies are held against their agents', () => {
  test.each([
    ['off', off],
    ['Undefined', { ...on('A'), enforcement: 'undefined' }],
    ['Undefined by default', { enabled: true, statement: accepted('A') }],
    ['not accepted', on('A', { statement: { version: 'A', accepted: false } })],
    ['malformed in its switch', on('A', { enforcement: 'on' })],
    ['malformed in its Statement', on('A', { statement: { version: 7, accepted: true } })],
  ])('not one that is %s', (_, ksn) => {
    expect(found(rule, withAgents([b], ksn), p)).toEqual([]);
  });

  test.each([
    ['active', 1],
    ['outOfOffice', 1],
    ['inactive', 0],
    ['asleep', 0],
  ])('status %s: %i', (status, findings) => {
    expect(found(rule, withAgents([b], on('A'), { status }), p)).toHaveLength(findings);
  });

  test('one that inherits what is enforced above leaves it to the policy that decides', () => {
    const files = { ...withAgents([b]), [file('top')]: policy('M', on('A')) };
    expect(found(rule, files, p)).toEqual([]);
    expect(found(rule, files, file('top'))).toHaveLength(1);
  });

  test('an out-of-office policy reaches the devices of its group and below, not those of an active child', () => {
    const files = (group: string) => ({
      [p]: policy('M/EMEA', on('A'), { status: 'outOfOffice' }),
      [file('usual')]: policy('M/EMEA', off),
      [file('child')]: policy('M/EMEA/Sales', { enforcement: 'enforce' }),
      [file('d')]: device(group, {}, 'B'),
      [config]: managedBy('A'),
    });
    expect(found(rule, files('M/EMEA'), p)).toHaveLength(1);
    expect(found(rule, files('M/EMEA/IT'), p)).toHaveLength(1);
    expect(found(rule, files('M/EMEA/Sales'), p)).toEqual([]);
  });

  test('agents whose Statement is not known, or malformed, are no mismatch', () => {
    expect(found(rule, withAgents([{ version: '3.14', hosts: 5 }]), p)).toEqual([]);
    expect(found(rule, withAgents([{ version: '3.14', statementVersion: 5 }]), p)).toEqual([]);
    const files = { ...withAgents([]), [file('d')]: device('M/EMEA', {}) };
    expect(found(rule, files, p)).toEqual([]);
  });
});

describe('of a device', () => {
  const d = file('d');
  const own = { enabled: true, statement: accepted('A') };
  const device3 = (ksn: object, statement?: string) => ({ [d]: device('M/EMEA', ksn, statement) });

  test('says which agent carries what', () => {
    const finding = only(rule, device3(own, 'B'), d);
    expect(finding.message).toContain('agent 3.16 on this host carries, B');
    expect(finding.related).toMatchObject([{ path: d, anchor: { pointer: '/agent/statementVersion' } }]);
    expect(fixOf(finding, 'choice').title).toBe('Disable KSN usage');
  });

  test('its own settings must be the effective ones', () => {
    const under = (ksn: object) => ({ ...device3(own, 'B'), [p]: policy('M', ksn) });
    expect(found(rule, under({ ...off, enforcement: 'undefined' }), d)).toHaveLength(1);
    expect(found(rule, under(off), d)).toEqual([]);
    expect(found(rule, under({ enforcement: 'sometimes' }), d)).toEqual([]);
    expect(found(rule, { ...under({}), [file('twin')]: policy('M', {}) }, d)).toEqual([]);
  });

  test.each([
    ['the same Statement', own, 'A'],
    ['an agent that says nothing', own, undefined],
    ['KSN usage off', { ...own, enabled: false }, 'B'],
    ['nothing accepted', { enabled: true }, 'B'],
  ])('is silent with %s', (_, ksn, statement) => {
    expect(found(rule, device3(ksn, statement), d)).toEqual([]);
  });
});
