import { describe, expect, test } from 'vitest';
import { judge } from '../../../server/src/engine/judge';
import { findingsIn, fixed, fixOf, found, now, only, projectOf } from '../harness';

const path = 'own.kea-policy.json';
const because = 'Approved in CHG-1042.';
const undefinedGroup = 'ksn-enforcement-undefined';

/** A policy that `ksn-enforcement-undefined` finds, or not. */
const policy = (exceptions: unknown, enforcement = 'undefined'): object => ({
  kind: 'policy',
  name: 'Own',
  administrationGroup: 'Top/Own',
  ksn: { enforcement, enabled: false },
  exceptions,
});
const rulesIn = (files: Record<string, unknown>, at?: number): string[] =>
  findingsIn(files, path, at)
    .filter(({ excepted }) => !excepted)
    .map((finding) => finding.rule)
    .sort();

describe('exception-unknown-rule', () => {
  const rule = 'exception-unknown-rule';

  test('a mistyped rule: the nearest one that can be excepted is offered', () => {
    const files = { [path]: policy([{ rule: 'ksn-enforcement-undefind', reason: because }]) };
    const finding = only(rule, files, path);
    expect(finding.anchor).toEqual({ pointer: '/exceptions/0/rule', on: 'value' });
    expect(finding.message).toContain(`did you mean "${undefinedGroup}"?`);
    expect(rulesIn(fixed(files, path, fixOf(finding, 'choice')))).toEqual([]);
  });

  test.each(['json-syntax', 'unknown-property', 'name-duplicate', 'exception-unused', 'exception-expired'])(
    '%s cannot be excepted',
    (excepted) => {
      const finding = only(rule, { [path]: policy([{ rule: excepted, reason: because }]) }, path);
      expect(finding.message).toContain(`"${excepted}" cannot be excepted`);
      expect(finding.fixes).toEqual([]);
    },
  );

  test.each(['constructor', '__proto__', '', 'KSN'])('"%s" is no rule', (excepted) => {
    const [finding] = findingsIn({ [path]: policy([{ rule: excepted, reason: because }]) }, path).filter(
      (one) => one.rule === rule || one.rule === 'invalid-value',
    );
    expect(finding).toBeDefined();
  });

  test('a malformed name is said once, by the schema', () => {
    const files = { [path]: policy([{ rule: 7, reason: because }], 'enforce') };
    expect(rulesIn(files)).toEqual(['invalid-value']);
  });
});

describe('exception-expired', () => {
  const rule = 'exception-expired';
  const expiring = (expires: unknown, enforcement?: string): Record<string, unknown> => ({
    [path]: policy([{ rule: undefinedGroup, reason: because, expires }], enforcement),
  });

  test('the day itself is covered, in UTC', () => {
    const files = expiring('2027-01-31');
    expect(rulesIn(files, Date.parse('2027-01-31T23:59:59.999Z'))).toEqual([]);
    expect(rulesIn(files, Date.parse('2027-02-01T00:00:00Z'))).toEqual([rule, undefinedGroup].sort());
  });

  test('is found at the date, whether or not there is anything left to cover', () => {
    const finding = only(rule, expiring('2026-11-22', 'enforce'), path);
    expect(finding.anchor).toEqual({ pointer: '/exceptions/0/expires', on: 'value' });
    expect(finding.message).toContain('2026-11-22');
    expect(rulesIn(expiring('2026-11-22', 'enforce'))).toEqual([rule]);
  });

  test('a date that does not exist is malformed: it covers nothing and has not expired', () => {
    expect(rulesIn(expiring('2026-02-30'))).toEqual(['invalid-value', undefinedGroup].sort());
  });

  test('is found although exceptions are ignored', () => {
    const project = projectOf(expiring('2026-01-01'));
    const findings = judge(project, project.document(path)!, { now, noExceptions: true });
    expect(findings.map((finding) => finding.rule).sort()).toEqual([rule, undefinedGroup].sort());
  });
});

describe('exception-unused', () => {
  const rule = 'exception-unused';
  const entry = { rule: undefinedGroup, reason: because };

  test('covers nothing', () => {
    const files = { [path]: policy([entry], 'enforce') };
    const finding = only(rule, files, path);
    expect(finding.anchor).toEqual({ pointer: '/exceptions/0', on: 'value' });
    expect(rulesIn(fixed(files, path, fixOf(finding, 'choice')))).toEqual([]);
  });

  test('covers a finding: nothing is shown, and the finding is kept', () => {
    const files = { [path]: policy([entry]) };
    expect(rulesIn(files)).toEqual([]);
    expect(found(undefinedGroup, files, path)).toMatchObject([{ excepted: true }]);
  });

  test('of two for one rule, both cover', () => {
    expect(rulesIn({ [path]: policy([entry, entry]) })).toEqual([]);
  });

  test('is not said of a rule that is off, and of one that is off for these files', () => {
    const off = { rules: { [undefinedGroup]: 'off' } };
    const files = { [path]: policy([entry]) };
    expect(rulesIn({ ...files, 'kea-policy.config.json': off })).toEqual([]);
    const override = { overrides: [{ files: ['*'], ...off }] };
    expect(rulesIn({ ...files, 'kea-policy.config.json': override })).toEqual([]);
  });

  test('is not said of one that has expired, that names no rule, or that is not well-formed', () => {
    const judged = (exception: object) => rulesIn({ [path]: policy([exception], 'enforce') });
    expect(judged({ ...entry, expires: '2026-01-01' })).toEqual(['exception-expired']);
    expect(judged({ ...entry, rule: 'json-syntax' })).toEqual(['exception-unknown-rule']);
    expect(judged({ rule: undefinedGroup })).toEqual(['missing-property']);
    expect(judged({ ...entry, expires: 'soon' })).toEqual(['invalid-value']);
  });

  test('is silent where exceptions are ignored', () => {
    const project = projectOf({ [path]: policy([entry], 'enforce') });
    expect(judge(project, project.document(path)!, { now, noExceptions: true })).toEqual([]);
  });

  test('an exception of the rules about exceptions covers nothing', () => {
    const files = { [path]: policy([entry, { rule, reason: because }], 'enforce') };
    expect(rulesIn(files)).toEqual(['exception-unknown-rule', rule]);
  });
});
