import { describe, expect, test } from 'vitest';
import { accepted, config, device, file, managedBy, off, on, policy } from '../documents';
import { findingsIn, fixed, fixOf, found, only, type ProjectFiles } from '../harness';

const p = file('p');
const alone = (ksn: object, settings?: object, more?: object): ProjectFiles => ({
  [p]: policy('A/B', ksn, more),
  ...(settings && { [config]: settings }),
});

describe('ksn-acceptance-required', () => {
  const rule = 'ksn-acceptance-required';
  const enabled = (statement?: object): object => ({
    enforcement: 'enforce',
    enabled: true,
    ...(statement && { statement }),
  });

  test('says whether there is no acceptance or a refusal, and which version is due', () => {
    expect(only(rule, alone(enabled()), p).message).toBe(
      'KSN usage is enabled, but no acceptance of the KSN Statement is recorded: the console does not save it like this.',
    );
    const refused = enabled({ version: 'A', accepted: false });
    expect(only(rule, alone(refused, managedBy('B')), p).message).toBe(
      'KSN usage is enabled, but the KSN Statement (version A) is not accepted: the console does not save it like this; version B has to be accepted.',
    );
  });

  test('stands at the value of "enabled" and names the place that requires the version', () => {
    const { anchor, related } = only(rule, alone(enabled(), managedBy('B')), p);
    expect(anchor).toEqual({ pointer: '/ksn/enabled', on: 'value' });
    expect(related.map(({ path, anchor }) => [path, anchor])).toEqual([
      [config, { pointer: '/plugin/statementVersion', on: 'value' }],
    ]);
  });

  test('leads to an acceptance only where the required version is known', () => {
    const consent = (files: ProjectFiles) =>
      only(rule, files, p).fixes.filter((fix) => fix.kind === 'consent');
    expect(consent(alone(enabled()))).toEqual([]);
    expect(consent(alone(enabled(), { plugin: { version: '3.16' } }))).toEqual([]);
    expect(consent(alone(enabled(), { plugin: { version: '3.16', statementVersion: 7 } }))).toEqual([]);
    expect(consent(alone(enabled(), managedBy('B')))).toMatchObject([{ statementVersion: 'B' }]);
    const own = { plugin: { version: '3.16', statementVersion: 'C' } };
    expect(consent(alone(enabled(), undefined, own))).toMatchObject([{ statementVersion: 'C' }]);
    // What the config says goes over what the policy was saved with.
    expect(consent(alone(enabled(), managedBy('B'), own))).toMatchObject([{ statementVersion: 'B' }]);
  });

  test('of a device, only the config says what is required', () => {
    const d = file('d');
    const files = { [d]: device('A', { enabled: true }, 'B') };
    expect(only(rule, files, d).fixes.map((fix) => fix.kind)).toEqual(['choice']);
    const managed = only(rule, { ...files, [config]: managedBy('B') }, d);
    expect(managed.fixes.map((fix) => fix.kind)).toEqual(['consent', 'choice']);
  });

  test('is over once KSN usage is disabled, whatever evidence there is', () => {
    const files = alone(enabled({ version: 'A', accepted: false }), managedBy('B'));
    const after = fixed(files, p, fixOf(only(rule, files, p), 'choice'));
    expect(findingsIn(after, p)).toEqual([]);
  });

  test.each([
    ['off', { ...off, statement: { version: 'A', accepted: false } }],
    ['off by default', { enforcement: 'enforce' }],
    ['"enabled" malformed', { enforcement: 'enforce', enabled: 'true' }],
    ['"accepted" malformed', enabled({ version: 'A', accepted: 'yes' })],
    ['"accepted" absent, which is required', enabled({ version: 'A' })],
    ['the Statement malformed', { enforcement: 'enforce', enabled: true, statement: 'A' }],
    ['accepted', on('A')],
  ])('is silent where KSN is %s', (_, ksn) => {
    expect(found(rule, alone(ksn, managedBy('A')), p)).toEqual([]);
  });

  test('does not ask whose group is the effective one', () => {
    const files = { [file('top')]: policy('A', off), ...alone({ enabled: true }) };
    expect(found(rule, files, p)).toHaveLength(1);
  });
});

describe('ksn-acceptance-evidence', () => {
  const rule = 'ksn-acceptance-evidence';
  const bare = { version: 'A', accepted: true };
  const asking = (...evidence: string[]): object => managedBy('A', { acceptance: { evidence } });

  test('names everything that is absent in one finding', () => {
    const files = alone({ ...on('A'), statement: bare }, managedBy('A'));
    const finding = only(rule, files, p);
    expect(finding.message).toContain('lacks "acceptedBy" and "acceptedAt"');
    expect(finding.anchor).toEqual({ pointer: '/ksn/statement/accepted', on: 'value' });
    expect(finding.fixes).toEqual([]);
    const all = asking('acceptedBy', 'acceptedAt', 'language', 'sha256', 'reference');
    expect(only(rule, alone({ ...on('A'), statement: bare }, all), p).message).toContain(
      'lacks "acceptedBy", "acceptedAt", "language", "sha256" and "reference"',
    );
  });

  test('asks only for what the config asks for', () => {
    const files = (settings: object) => alone({ ...on('A'), statement: bare }, settings);
    expect(found(rule, files(asking()), p)).toEqual([]);
    expect(only(rule, files(asking('reference')), p).message).toContain('lacks "reference":');
    const referenced = { ...on('A'), statement: { ...bare, reference: 'CHG-1' } };
    expect(found(rule, alone(referenced, asking('reference')), p)).toEqual([]);
  });

  test('holds what an override asks for', () => {
    const overrides = [{ files: ['p.*'], acceptance: { evidence: ['language'] } }];
    const files = alone(on('A'), managedBy('A', { overrides }));
    expect(only(rule, files, p).message).toContain('lacks "language":');
  });

  test('is said while KSN usage is off too, but not of what is not accepted', () => {
    expect(found(rule, alone({ ...off, statement: bare }), p)).toHaveLength(1);
    expect(found(rule, alone({ ...off, statement: { ...bare, accepted: false } }), p)).toEqual([]);
  });

  test('a malformed member is not an absent one', () => {
    const statement = { ...bare, acceptedBy: 'Jane Roe', acceptedAt: 'yesterday' };
    expect(found(rule, alone({ ...on('A'), statement }), p)).toEqual([]);
  });

  test('what a malformed config asks for is not known', () => {
    const files = (acceptance: unknown) => alone({ ...on('A'), statement: bare }, { acceptance });
    expect(found(rule, files({ evidence: 'acceptedBy' }), p)).toEqual([]);
    expect(found(rule, files('acceptedBy'), p)).toEqual([]);
    expect(found(rule, files({}), p)).toHaveLength(1);
  });
});

describe('ksn-acceptance-in-future', () => {
  const rule = 'ksn-acceptance-in-future';
  const now = Date.parse('2026-06-30T12:00:00Z');
  const at = (acceptedAt: string) =>
    found(rule, alone(on('A', { statement: accepted('A', { acceptedAt }) })), p, now);

  test.each([
    '2026-06-30T12:00:01Z',
    '2026-06-30T12:00:00-00:30',
    '2026-07-01t00:00:00z',
    '2026-06-30T12:00:00.5Z',
  ])('%s has not come yet', (time) => {
    const [finding] = at(time);
    expect(finding?.message).toContain(`accepted at ${time}`);
    expect(finding?.anchor).toEqual({ pointer: '/ksn/statement/acceptedAt', on: 'value' });
  });

  test.each(['2026-06-30T12:00:00Z', '2026-06-30T14:30:00+02:30', '2026-06-30T12:59:59+01:00'])(
    '%s has come',
    (time) => expect(at(time)).toEqual([]),
  );

  test('a leap second is a time too', () => {
    expect(at('2026-06-30T23:59:60Z')).toHaveLength(1);
    expect(at('2016-12-31T23:59:60Z')).toEqual([]);
  });

  test('is silent about a time that is none', () => {
    expect(at('2026-02-30T12:00:00Z')).toEqual([]);
    expect(at('9999')).toEqual([]);
  });
});

describe('ksn-acceptor-not-approved', () => {
  const rule = 'ksn-acceptor-not-approved';
  const by = (acceptedBy: unknown, approvers: unknown, ksn: object = {}) =>
    found(
      rule,
      alone(
        { ...on('A', { statement: accepted('A', { acceptedBy }) }), ...ksn },
        { acceptance: { approvers } },
      ),
      p,
    );

  test('says who, where', () => {
    const [finding] = by('John Doe', ['Jane Roe']);
    expect(finding?.message).toContain('"John Doe"');
    expect(finding?.anchor).toEqual({ pointer: '/ksn/statement/acceptedBy', on: 'value' });
  });

  test.each([
    ['an approver', 'Jane Roe', ['John Doe', 'Jane Roe']],
    ['anybody where nobody is named', 'John Doe', []],
    ['somebody malformed', 7, ['Jane Roe']],
    ['nobody, which the evidence rule says', undefined, ['Jane Roe']],
    ['anybody where the approvers are malformed', 'John Doe', 'Jane Roe'],
    ['anybody where one of them is, who may be meant', 'John Doe', ['Jane Roe', 7]],
  ])('is silent about %s', (_, acceptedBy, approvers) => {
    expect(by(acceptedBy, approvers)).toEqual([]);
  });

  test('is silent about what is not accepted', () => {
    const statement = accepted('A', { acceptedBy: 'John Doe', accepted: false });
    expect(by('John Doe', ['Jane Roe'], { statement })).toEqual([]);
  });

  test('compares letter by letter', () => {
    expect(by('jane roe', ['Jane Roe'])).toHaveLength(1);
  });
});
