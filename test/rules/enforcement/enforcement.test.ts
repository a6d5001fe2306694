import { describe, expect, test } from 'vitest';
import { fixToFixedPoint } from '../../../server/src/engine/fixes';
import { sourceOf } from '../../../server/src/project/effective';
import { accepted, config, device, file, managedBy, off, on, policy } from '../documents';
import {
  deviceOf,
  findingsIn,
  fixed,
  fixOf,
  found,
  only,
  projectOf,
  textOf,
  type ProjectFiles,
} from '../harness';

const p = file('p');
const d = file('d');
const top = file('top');

describe('ksn-enforcement-undefined', () => {
  const rule = 'ksn-enforcement-undefined';
  const alone = (ksn: object, more?: object): ProjectFiles => ({ [p]: policy('A/B', ksn, more) });

  test('names what is saved but not applied, whatever its value', () => {
    const ksn = { enabled: false, useKscAsKsnProxy: true, statement: accepted('A') };
    const finding = only(rule, alone(ksn), p);
    expect(finding.message).toContain('(KSN usage off, KSN proxy server on, Statement version A)');
    expect(finding.anchor).toEqual({ pointer: '/ksn/enforcement', on: 'value' });
  });

  test.each([
    [{ enforcement: 'undefined', enabled: true }],
    [{ useKscAsKsnProxy: false }],
    [{ statement: { version: 'A', accepted: false } }],
    [{ statement: { version: 5, accepted: false } }],
  ])('%j', (ksn) => expect(found(rule, alone(ksn), p)).toHaveLength(1));

  test.each([
    ['nothing is stated', {}],
    ['nothing well-formed is stated', { enabled: 'no', statement: [] }],
    ['the group is enforced', off],
    ['the switch is malformed', { enforcement: 'on', enabled: true }],
  ])('is silent where %s', (_, ksn) => expect(found(rule, alone(ksn), p)).toEqual([]));

  test('is silent where an enforced group above holds, or that cannot be told', () => {
    const files = { ...alone({ enabled: false }), [top]: policy('A', off) };
    expect(found(rule, files, p)).toEqual([]);
    expect(found(rule, { ...files, [file('twin')]: policy('A', off) }, p)).toEqual([]);
    const declined = { inheritance: { inheritFromParent: false } };
    expect(found(rule, { ...files, ...alone({ enabled: false }, declined) }, p)).toHaveLength(1);
    expect(found(rule, { ...files, [top]: policy('A', { enforcement: 'undefined' }) }, p)).toHaveLength(1);
  });

  test('an out-of-office policy inherits from nobody', () => {
    const files = { ...alone({ enabled: false }, { status: 'outOfOffice' }), [top]: policy('A', off) };
    expect(found(rule, files, p)).toHaveLength(1);
  });

  test('Enforce ends it', () => {
    const files = alone({ enabled: false });
    expect(findingsIn(fixed(files, p, fixOf(only(rule, files, p), 'choice')), p)).toEqual([]);
  });
});

describe('ksn-enforcement-on-device', () => {
  const rule = 'ksn-enforcement-on-device';

  test('is the only thing said of the member, which is removed without effect', () => {
    const files = {
      [d]: device('A', { enforcement: 'enforce', enabled: true, statement: accepted('A') }, 'A'),
    };
    const withConfig = { ...files, [config]: managedBy('A') };
    expect(findingsIn(withConfig, d).map((one) => one.rule)).toEqual([rule]);
    const fix = fixOf(only(rule, withConfig, d), 'safe');
    const after = fixed(withConfig, d, fix);
    expect(findingsIn(after, d)).toEqual([]);
    expect(textOf(after[d])).not.toContain('enforcement');
    const source = (of: ProjectFiles) => {
      const project = projectOf(of);
      const found = sourceOf(project, deviceOf(project, d));
      return found.known && { by: found.by.path, enabled: found.by.facts?.ksn.enabled };
    };
    expect(source(after)).toEqual(source(withConfig));
  });

  test('stands at the key', () => {
    const files = { [d]: device('A', { enforcement: 'undefined' }) };
    expect(only(rule, files, d).anchor).toEqual({ pointer: '/ksn/enforcement', on: 'key' });
  });

  test('whatever its value, it is one finding', () => {
    for (const enforcement of ['on', true, null, 7]) {
      const files = { [d]: device('A', { enforcement }) };
      expect(findingsIn(files, d)).toHaveLength(1);
    }
  });

  test('removing goes on until no member of that name is left', () => {
    const text = `{"kind": "device", "name": "D", "administrationGroup": "A", "agent": {"version": "3.16"},
      "ksn": {"enforcement": "enforce", "enforcement": "undefined", "enabled": false}}`;
    const after = fixToFixedPoint(text, (now) => findingsIn({ [d]: now }, d));
    expect(after).not.toContain('enforcement');
    expect(findingsIn({ [d]: after }, d)).toEqual([]);
  });
});

describe('ksn-overridden-by-parent', () => {
  const rule = 'ksn-overridden-by-parent';
  const under = (ksn: object, above: object, more?: object, moreAbove?: object): ProjectFiles => ({
    [p]: policy('A/B/C', ksn, more),
    [top]: policy('A', above, moreAbove),
    [config]: managedBy('A'),
  });

  test('says what is stated and what holds instead, and where that is', () => {
    const files = under({ enabled: false, useKscAsKsnProxy: true, statement: accepted('X') }, on('A'));
    const finding = only(rule, files, p);
    expect(finding.message).toContain(
      '"Policy of A" above enforces other values, and this policy inherits them: what it says itself has no effect (KSN usage off, not on; KSN proxy server on, not off; Statement version X, not A)',
    );
    expect(finding.anchor).toEqual({ pointer: '/ksn', on: 'key' });
    expect(finding.related.map(({ path, anchor }) => [path, anchor])).toEqual([
      [top, { pointer: '/ksn/enabled', on: 'value' }],
      [top, { pointer: '/ksn', on: 'key' }],
      [top, { pointer: '/ksn/statement/version', on: 'value' }],
    ]);
    expect(finding.related[1]?.message).toContain('by default');
  });

  test.each([
    ['states alike', on('A'), on('A')],
    ['leaves out', { enforcement: 'enforce' }, on('A')],
    [
      'states the defaults of what is left out above',
      { enabled: false, useKscAsKsnProxy: false },
      { enforcement: 'enforce' },
    ],
    ['states malformed', { enabled: 'no' }, on('A')],
    ['is held against a malformed member', { enabled: false }, { enforcement: 'enforce', enabled: 'yes' }],
    ['is under an Undefined group', off, { enabled: true, statement: accepted('A') }],
  ])('is silent about a policy that %s', (_, ksn, above) => {
    expect(found(rule, under(ksn, above), p)).toEqual([]);
  });

  test('a Statement here and none above is a deviation', () => {
    const files = under({ statement: { version: 'X', accepted: false } }, off);
    expect(only(rule, files, p).message).toContain('(Statement version X, not none)');
    expect(only(rule, files, p).fixes).toEqual([]);
    expect(only(rule, files, p).related).toMatchObject([
      { anchor: { pointer: '/ksn', on: 'key' }, message: '"Policy of A" has no KSN Statement.' },
    ]);
  });

  test('asks whether it inherits', () => {
    const declines = { inheritance: { inheritFromParent: false } };
    expect(found(rule, under(off, on('A'), declines), p)).toEqual([]);
    expect(found(rule, under(off, on('A'), { inheritance: { inheritFromParent: 1 } }), p)).toEqual([]);
    const forces = { inheritance: { forceInChildren: true } };
    expect(found(rule, under(off, on('A'), declines, forces), p)).toHaveLength(1);
    expect(found(rule, under(off, on('A'), { status: 'outOfOffice' }), p)).toEqual([]);
  });

  test('names the policy that decides, not the one between', () => {
    const files = { ...under(off, on('A')), [file('between')]: policy('A/B', {}) };
    expect(only(rule, files, p).related[0]?.path).toBe(top);
  });

  test('takes over KSN usage and proxy, never an acceptance', () => {
    const above = on('A', { useKscAsKsnProxy: true });
    const files = under({ enabled: false, statement: { version: 'X', accepted: false } }, above);
    const fix = fixOf(only(rule, files, p), 'choice');
    expect(fix.title).toBe('Take over from "Policy of A": KSN usage on, KSN proxy server on');
    const after = fixed(files, p, fix);
    expect(JSON.parse(textOf(after[p]))).toMatchObject({
      ksn: { enabled: true, useKscAsKsnProxy: true, statement: { version: 'X', accepted: false } },
    });
    // The Statement still deviates: it is for a person to accept another one.
    expect(only(rule, after, p).message).toContain('(Statement version X, not A)');
  });

  test('never offers "true" for a malformed "enabled"', () => {
    const files = under({ enabled: 'no', useKscAsKsnProxy: true }, on('A'));
    expect(fixOf(only(rule, files, p), 'choice')).toMatchObject({
      changes: [{ op: 'set', pointer: '/ksn/useKscAsKsnProxy', value: false }],
    });
  });
});

describe('policy-inheritance-forced', () => {
  const rule = 'policy-inheritance-forced';
  const declines = { inheritance: { inheritFromParent: false } };
  const forces = { inheritance: { forceInChildren: true } };
  const chain = (own: object, between: object, above: object): ProjectFiles => ({
    [p]: policy('A/B/C', off, own),
    [file('between')]: policy('A/B', {}, between),
    [top]: policy('A', off, above),
  });

  test('looks up the whole chain, and shows who forces', () => {
    const finding = only(rule, chain(declines, {}, forces), p);
    expect(finding.message).toContain('"Policy of A" above forces');
    expect(finding.anchor).toEqual({ pointer: '/inheritance/inheritFromParent', on: 'value' });
    expect(finding.related).toMatchObject([
      { path: top, anchor: { pointer: '/inheritance/forceInChildren' } },
    ]);
    expect(only(rule, chain(declines, forces, forces), p).related[0]?.path).toBe(file('between'));
    expect(findingsIn(fixed(chain(declines, {}, forces), p, fixOf(finding, 'choice')), p)).toEqual([]);
  });

  test('a policy between that declines in vain still passes it on', () => {
    expect(found(rule, chain(declines, declines, forces), p)).toHaveLength(1);
  });

  test.each([
    ['inherits', {}, {}, forces],
    ['says nothing clear', { inheritance: { inheritFromParent: 'no' } }, {}, forces],
    ['is under nobody who forces', declines, {}, {}],
    ['is under a malformed switch', declines, {}, { inheritance: { forceInChildren: 'yes' } }],
    ['is under an inactive policy that forces', declines, {}, { ...forces, status: 'inactive' }],
    ['is under an out-of-office policy that forces', declines, {}, { ...forces, status: 'outOfOffice' }],
    ['is out of office itself', { ...declines, status: 'outOfOffice' }, {}, forces],
    ['may be out of office', { ...declines, status: 'asleep' }, {}, forces],
  ])('is silent about a policy that %s', (_, own, between, above) => {
    expect(found(rule, chain(own, between, above), p)).toEqual([]);
  });

  test('a forcing policy that two active ones hide is not to be told', () => {
    const files = { ...chain(declines, {}, forces), [file('twin')]: policy('A/B', {}) };
    expect(found(rule, files, p)).toEqual([]);
  });

  test('a malformed switch between hides no forcing policy above', () => {
    const files = chain(declines, { inheritance: { forceInChildren: 'yes' } }, forces);
    expect(found(rule, files, p)).toHaveLength(1);
  });
});

describe('ksn-device-setting-overridden and ksn-device-setting-wins', () => {
  const both = ['ksn-device-setting-overridden', 'ksn-device-setting-wins'];
  const rulesIn = (files: ProjectFiles) =>
    findingsIn(files, d)
      .map((one) => one.rule)
      .filter((rule) => both.includes(rule));
  const under = (ksn: object, ...policies: object[]): ProjectFiles => ({
    [d]: device('A/B', ksn),
    ...Object.fromEntries(policies.map((one, i) => [file(`p${i}`), one])),
  });

  test('enforced above: no effect; Undefined above: the device wins', () => {
    expect(rulesIn(under({ enabled: true }, policy('A', off)))).toEqual([both[0]]);
    expect(rulesIn(under({ enabled: true }, policy('A', { enabled: false })))).toEqual([both[1]]);
    expect(rulesIn(under({ enabled: true }, policy('A', {})))).toEqual([both[1]]);
    expect(rulesIn(under({ enabled: false }, policy('A', {})))).toEqual([]);
    expect(rulesIn(under({}, policy('A', { enabled: true })))).toEqual([]);
    expect(rulesIn(under({}, policy('A', { ...off, enabled: true })))).toEqual([]);
  });

  test('without a policy, or where it cannot be told, nothing is said', () => {
    expect(rulesIn(under({ enabled: true }))).toEqual([]);
    expect(rulesIn(under({ enabled: true }, policy('A', off), policy('A', {})))).toEqual([]);
    expect(rulesIn(under({ enabled: true }, policy('A', { enforcement: 'no' })))).toEqual([]);
    expect(rulesIn(under({ enabled: true }, policy('A', off, { status: 'inactive' })))).toEqual([]);
    expect(rulesIn(under({ enabled: true }, policy('A', off, { status: 'outOfOffice' })))).toEqual([]);
    const lost = { ...device('A/B', { enabled: true }), administrationGroup: 7 };
    expect(rulesIn({ [d]: lost, [top]: policy('A', off) })).toEqual([]);
  });

  test('the effective group is asked, not the own one of the policy in force', () => {
    const inherits = under({ enabled: true }, policy('A/B', { enabled: true }), policy('A', off));
    const finding = only(both[0]!, inherits, d);
    expect(finding.related[0]?.path).toBe(file('p1'));
    const declines = { inheritance: { inheritFromParent: false } };
    expect(rulesIn(under({ enabled: true }, policy('A/B', {}, declines), policy('A', off)))).toEqual([
      both[1],
    ]);
  });

  test('stand at the KSN group and say what differs', () => {
    const overridden = only(both[0]!, under({ useKscAsKsnProxy: true }, policy('A', off)), d);
    expect(overridden.anchor).toEqual({ pointer: '/ksn', on: 'key' });
    expect(overridden.message).toContain('(KSN proxy server on, not off)');
    const wins = only(both[1]!, under({ useKscAsKsnProxy: true }, policy('A', {})), d);
    expect(wins.anchor).toEqual({ pointer: '/ksn', on: 'key' });
    expect(wins.message).toContain('win: KSN proxy server on, not off.');
    expect(wins.severity).toBe('info');
    expect(wins.fixes).toEqual([]);
  });

  test('taking over ends the finding', () => {
    const files = under({ enabled: true }, policy('A', off));
    const after = fixed(files, d, fixOf(only(both[0]!, files, d), 'choice'));
    expect(findingsIn(after, d)).toEqual([]);
  });
});

describe('policy-duplicate-active', () => {
  const rule = 'policy-duplicate-active';
  const group = (...members: object[]): ProjectFiles =>
    Object.fromEntries(
      members.map((more, i) => [file(`p${i}`), policy('A', off, { name: `P${i}`, ...more })]),
    );

  test('is said of each, and leads to the others', () => {
    const files = group({}, { status: 'active' }, { status: 'inactive' }, { status: 'outOfOffice' });
    const finding = only(rule, files, file('p0'));
    expect(finding.message).toContain('"A" has more than one active policy (besides this one, "P1")');
    expect(finding.anchor).toEqual({ pointer: '/status', on: 'value' });
    expect(finding.related.map(({ path }) => path)).toEqual([file('p1')]);
    expect(only(rule, files, file('p1')).related.map(({ path }) => path)).toEqual([file('p0')]);
    expect(found(rule, files, file('p2'))).toEqual([]);
    expect(found(rule, files, file('p3'))).toEqual([]);
  });

  test('making one inactive ends it for both', () => {
    const files = group({}, {});
    const after = fixed(files, file('p0'), fixOf(only(rule, files, file('p0')), 'choice'));
    expect(findingsIn(after, file('p0'))).toEqual([]);
    expect(findingsIn(after, file('p1'))).toEqual([]);
  });

  test('a malformed status is not an active one', () => {
    expect(found(rule, group({}, { status: 'on' }), file('p0'))).toEqual([]);
    expect(found(rule, group({}, {}, { status: 'on' }), file('p0'))).toHaveLength(1);
    expect(found(rule, group({}, {}, { status: 'on' }), file('p2'))).toEqual([]);
  });

  test('groups are told apart', () => {
    const files = { ...group({}), [file('below')]: policy('A/B', off), [file('beside')]: policy('A2', off) };
    expect(found(rule, files, file('p0'))).toEqual([]);
  });

  test('many are only shown in part, by path', () => {
    const files = group(...Array.from({ length: 9 }, () => ({})));
    const finding = only(rule, files, file('p8'));
    expect(finding.message).toContain('"P0", "P1", "P2", "P3", "P4" and others');
    expect(finding.related).toHaveLength(5);
  });
});

describe('policy-inactive', () => {
  const rule = 'policy-inactive';
  const alone = (ksn: object, status?: unknown): ProjectFiles => ({ [p]: policy('A', ksn, { status }) });

  test('is said of an inactive policy that is on', () => {
    const finding = only(rule, alone(on('A'), 'inactive'), p);
    expect(finding.severity).toBe('info');
    expect(finding.anchor).toEqual({ pointer: '/status', on: 'value' });
  });

  test.each([
    ['active', on('A'), 'active'],
    ['active by default', on('A'), undefined],
    ['out of office', on('A'), 'outOfOffice'],
    ['malformed in its status', on('A'), 'Inactive'],
    ['off', off, 'inactive'],
    ['malformed in "enabled"', { ...off, enabled: 1 }, 'inactive'],
  ])('is silent about one that is %s', (_, ksn, status) => {
    expect(found(rule, alone(ksn, status), p)).toEqual([]);
  });
});
