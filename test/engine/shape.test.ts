import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptanceIn } from '../../server/src/engine/acceptance-guard';
import { memberOrder } from '../../server/src/schema/member-order';
import type { Problem, Shape } from '../../server/src/schema/problem';
import { isWellFormed, kindProblem, shapeOf, shapeProblems } from '../../server/src/schema/shape';
import { applyEdits, editsFor } from '../../server/src/syntax/change';
import { parse } from '../../server/src/syntax/tree';
import { complete, mutated } from './mutations';

const shapes = ['policy', 'device', 'config'] as const;

/** A document in order with some members replaced; `undefined` takes one away. */
function changed(shape: Shape, members: Record<string, unknown>): Record<string, unknown> {
  const document: Record<string, unknown> = { ...structuredClone(complete[shape]), ...members };
  for (const [name, value] of Object.entries(members)) if (value === undefined) delete document[name];
  return document;
}

const brief = (problem: Problem): string => {
  const { anchor, rule } = problem;
  return `${rule} ${'pointer' in anchor ? `${anchor.pointer} ${anchor.on}` : ''}`;
};

/** What is offered, by title. */
const offers = (problem: Problem): string[] => problem.repairs?.map(({ title }) => title) ?? [];

describe('a shape', () => {
  test.each(shapes)('%s: a complete document is well-formed', (shape) => {
    expect(isWellFormed(shape, complete[shape])).toBe(true);
    expect(shapeProblems(shape, complete[shape])).toEqual([]);
  });

  test.each(shapes)('%s: well-formed means that no problem is found', (shape) => {
    fc.assert(
      fc.property(fc.oneof(mutated(shape), fc.jsonValue()), (value) => {
        expect(isWellFormed(shape, value)).toBe(shapeProblems(shape, value).length === 0);
      }),
      { numRuns: 300 },
    );
  });

  test.each(shapes)('%s: one problem at most for a key and one for a value', (shape) => {
    fc.assert(
      fc.property(mutated(shape), (value) => {
        const places = shapeProblems(shape, value).map(({ anchor }) => JSON.stringify(anchor));
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  test.each(shapes)('%s: every repair has its place and takes its problem away', (shape) => {
    fc.assert(
      fc.property(mutated(shape), (value) => {
        const text = JSON.stringify(value, null, 2);
        const problems = shapeProblems(shape, value);
        for (const problem of problems) {
          for (const { changes } of problem.repairs ?? []) {
            const edits = editsFor(parse(text), changes, memberOrder);
            const after = JSON.parse(applyEdits(text, edits!)) as unknown;
            expect(shapeProblems(shape, after).map(brief)).not.toContain(brief(problem));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each(['policy', 'device'] as const)('%s: no repair makes an acceptance', (shape) => {
    fc.assert(
      fc.property(mutated(shape), (value) => {
        const text = JSON.stringify(value);
        for (const { repairs = [] } of shapeProblems(shape, value)) {
          for (const { changes } of repairs) {
            const after = acceptanceIn(applyEdits(text, editsFor(parse(text), changes, memberOrder)!));
            if (after !== undefined) expect(after).toBe(acceptanceIn(text));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('an unknown name takes no time, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`nam${i}`, i]));
    expect(shapeProblems('policy', { ...complete.policy, ...many })).toHaveLength(50_000);
  });
});

describe('kind', () => {
  test('picks the shape', () => {
    expect(shapes.map((shape) => shapeOf(complete[shape]))).toEqual(['policy', 'device', undefined]);
    expect(shapeOf(JSON.parse('{"__proto__": {"kind": "policy"}}'))).toBeUndefined();
    expect([null, 'policy', [], 1].map(shapeOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each([
    [{}, 'missing-property /kind key', ['Insert "kind": "policy"', 'Insert "kind": "device"']],
    [{ agent: {} }, 'missing-property /kind key', ['Insert "kind": "device"', 'Insert "kind": "policy"']],
    [{ kind: 'Polcy' }, 'invalid-value /kind value', ['Set "kind" to "policy"']],
    [{ kind: 7 }, 'invalid-value /kind value', ['Set "kind" to "policy"', 'Set "kind" to "device"']],
    [[], 'invalid-value  value', []],
    [null, 'invalid-value  value', []],
  ])('is all that is said of %j', (value, found, offered) => {
    expect(brief(kindProblem(value))).toBe(found);
    expect(offers(kindProblem(value))).toEqual(offered);
  });
});

describe('unknown-property', () => {
  test.each<[string, Shape, Record<string, unknown>, string, RegExp, string[]]>([
    [
      'a mistyped name',
      'policy',
      { inheritance: { inheritFromParnet: true } },
      '/inheritance/inheritFromParnet',
      /did you mean "inheritFromParent"\?$/,
      ['Rename it to "inheritFromParent"', 'Remove "inheritFromParnet"'],
    ],
    [
      'a name like no other',
      'policy',
      { colour: 'red' },
      '/colour',
      /^A policy has no "colour", so it has no effect\.$/,
      ['Remove "colour"'],
    ],
    [
      'a name whose better is there already',
      'policy',
      { nmae: 'x' },
      '/nmae',
      /has no "nmae"/,
      ['Remove "nmae"'],
    ],
    [
      'a member of policies in a device',
      'device',
      { status: 'active' },
      '/status',
      /^A device has no "status": that is a member of a policy,/,
      ['Remove "status"'],
    ],
    [
      'a member of devices in a policy',
      'policy',
      { agent: { version: '3.16' } },
      '/agent',
      /^A policy has no "agent": that is a member of a device,/,
      ['Remove "agent"'],
    ],
    [
      'the singular of a member, which a device has',
      'config',
      { agents: undefined, agent: [] },
      '/agent',
      /config has no "agent", so it has no effect; did you mean "agents"\?$/,
      ['Rename it to "agents"', 'Remove "agent"'],
    ],
    [
      'a member that belongs at the top',
      'config',
      { overrides: [{ files: ['a'], ignore: [] }] },
      '/overrides/0/ignore',
      /^"ignore" is out of place: it belongs at the top of the document, so it has no effect/,
      ['Remove "ignore"'],
    ],
    [
      'a member at the wrong place',
      'policy',
      { useKscAsKsnProxy: true },
      '/useKscAsKsnProxy',
      /is out of place: it belongs in "ksn",/,
      ['Remove "useKscAsKsnProxy"'],
    ],
    [
      'a rule that there is not',
      'config',
      { rules: { 'plugin-outdatet': 'off' } },
      '/rules/plugin-outdatet',
      /no rule "plugin-outdatet".*did you mean "plugin-outdated"/,
      ['Rename it to "plugin-outdated"', 'Remove "plugin-outdatet"'],
    ],
    [
      'a name that has to be escaped',
      'config',
      { 'a/b~c\u202e': 1 },
      '/a~1b~0c\u202e',
      /"a\/b~c\\u202e"/,
      ['Remove "a/b~c\\u202e"'],
    ],
  ])('%s', (_what, shape, members, pointer, message, offered) => {
    const [problem, ...others] = shapeProblems(shape, changed(shape, members));
    expect(others).toEqual([]);
    expect(brief(problem!)).toBe(`unknown-property ${pointer} key`);
    expect(problem!.message).toMatch(message);
    expect(offers(problem!)).toEqual(offered);
  });

  test('a mistyped required name is not missing besides, but what it was meant for is malformed', () => {
    const [problem, ...others] = shapeProblems('policy', changed('policy', { name: undefined, nmae: 'x' }));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'unknown-property', malformed: '/name' });
  });

  test.each([
    ['accepted', { statement: { version: '1', acceptd: true } }, ['Remove "acceptd"']],
    [
      'the version of what is accepted',
      { statement: { versoin: '1', accepted: true } },
      ['Remove "versoin"'],
    ],
    ['a Statement that is accepted', { statment: { version: '1', accepted: true } }, ['Remove "statment"']],
    [
      'a Statement that is not',
      { statment: { version: '1', accepted: false } },
      ['Rename it to "statement"', 'Remove "statment"'],
    ],
  ])('offers no name that would make an acceptance: %s', (_what, ksn, offered) => {
    expect(shapeProblems('policy', changed('policy', { ksn })).flatMap(offers)).toEqual(offered);
  });

  test('the switch of a device is left to a rule that says more', () => {
    const ksn = { enforcement: 'enforce', enabled: true };
    expect(shapeProblems('device', changed('device', { ksn }))).toEqual([]);
  });
});

describe('not-a-kea-setting', () => {
  test.each(['extendedKsnMode', 'useKsnServersWhenProxyUnavailable', 'cloudMode', 'KPSN', 'UsePrivateKSN'])(
    '%s',
    (name) => {
      const [problem, ...others] = shapeProblems('device', changed('device', { ksn: { [name]: true } }));
      expect(others).toEqual([]);
      expect(brief(problem!)).toBe(`not-a-kea-setting /ksn/${name} key`);
      expect(problem!.message).toMatch(/other products of the vendor/);
      expect(offers(problem!)).toEqual([`Remove "${name}"`]);
    },
  );

  test('elsewhere the name is unknown like any other', () => {
    expect(shapeProblems('policy', changed('policy', { kpsn: 1 })).map(brief)).toEqual([
      'unknown-property /kpsn key',
    ]);
  });
});

describe('missing-property', () => {
  test.each<[Shape, Record<string, unknown>, string, string[]]>([
    ['policy', { name: undefined }, '/name', ['Insert "name", to be filled in']],
    ['policy', { ksn: undefined }, '/ksn', ['Insert "ksn"']],
    ['policy', { kmp: {} }, '/kmp/enabled', ['Insert "enabled": false']],
    ['device', { agent: undefined }, '/agent', ['Insert "agent", to be filled in']],
    [
      'policy',
      { ksn: { statement: { version: '1' } } },
      '/ksn/statement/accepted',
      ['Insert "accepted": false'],
    ],
    ['policy', { ksn: { statement: { accepted: true } } }, '/ksn/statement/version', []],
    [
      'policy',
      { exceptions: [{ rule: 'policy-inactive' }] },
      '/exceptions/0/reason',
      ['Insert "reason", to be filled in'],
    ],
    ['config', { overrides: [{}] }, '/overrides/0/files', ['Insert "files", to be filled in']],
  ])('%s without %j', (shape, members, pointer, offered) => {
    const [problem, ...others] = shapeProblems(shape, changed(shape, members));
    expect(others).toEqual([]);
    expect(brief(problem!)).toBe(`missing-property ${pointer} key`);
    expect(problem!.malformed).toBe(pointer);
    expect(offers(problem!)).toEqual(offered);
  });
});

describe('invalid-value', () => {
  test.each<[Shape, Record<string, unknown>, string, string, unknown]>([
    [
      'policy',
      { status: 'Active' },
      '/status',
      '"active", "inactive" or "outOfOffice", not "Active"',
      'active',
    ],
    ['policy', { status: 3 }, '/status', '"active", "inactive" or "outOfOffice", not 3', undefined],
    ['policy', { status: 'gone' }, '/status', 'not "gone"', undefined],
    ['policy', { formatVersion: 2 }, '/formatVersion', 'must be 1, not 2', 1],
    ['policy', { name: '' }, '/name', '"name" must not be empty', undefined],
    ['policy', { name: 'é'.repeat(101) }, '/name', 'at most 100 characters, and has 101', undefined],
    ['config', { ignore: ['a'.repeat(501)] }, '/ignore/0', 'at most 500 characters, and has 501', undefined],
    ['policy', { name: ['x'] }, '/name', 'must be text in double quotes, not a list', undefined],
    ['policy', { regions: ['DE', 'fr'] }, '/regions/1', '"regions[1]" must be an ISO 3166-1', 'FR'],
    ['policy', { regions: ['XX'] }, '/regions/0', 'not "XX"', undefined],
    [
      'policy',
      { inheritance: { inheritFromParent: 'No' } },
      '/inheritance/inheritFromParent',
      'not "No"',
      false,
    ],
    [
      'policy',
      { inheritance: { forceInChildren: 'yes' } },
      '/inheritance/forceInChildren',
      'not "yes"',
      true,
    ],
    ['policy', { plugin: { version: 'v3.16' } }, '/plugin/version', 'two to four numbers with dots', '3.16'],
    ['policy', { plugin: { version: 3.16 } }, '/plugin/version', 'not 3.16', undefined],
    [
      'policy',
      { administrationGroup: '/Managed devices / EMEA/' },
      '/administrationGroup',
      'parts separated by /',
      'Managed devices/EMEA',
    ],
    ['policy', { ksn: { enabled: 'true' } }, '/ksn/enabled', 'must be true or false, not "true"', false],
    ['policy', { ksn: { enabled: 1 } }, '/ksn/enabled', 'must be true or false, not 1', false],
    ['policy', { kmp: { enabled: null } }, '/kmp/enabled', 'must be true or false, not null', false],
    [
      'device',
      { ksn: { statement: { version: '1', accepted: 'yes' } } },
      '/ksn/statement/accepted',
      'must be true or false, not "yes"',
      false,
    ],
    [
      'policy',
      { exceptions: [{ rule: 'x', reason: 'too short' }] },
      '/exceptions/0/reason',
      'at least 10 characters, and has 9',
      undefined,
    ],
    [
      'policy',
      { exceptions: [{ rule: 'x', reason: 'long enough', expires: '2027-02-29' }] },
      '/exceptions/0/expires',
      'a day of the calendar',
      undefined,
    ],
    [
      'config',
      { agents: [{ version: '1.2', hosts: -1 }] },
      '/agents/0/hosts',
      'must be 0 or more',
      undefined,
    ],
    ['config', { agents: [{ version: '1.2', hosts: '12' }] }, '/agents/0/hosts', 'a whole number', 12],
    ['config', { rules: { 'plugin-outdated': 'warn' } }, '/rules/plugin-outdated', 'not "warn"', 'warning'],
    ['config', { overrides: [{ files: [] }] }, '/overrides/0/files', 'must not be empty', undefined],
  ])('%s with %j', (shape, members, pointer, words, nearest) => {
    const [problem, ...others] = shapeProblems(shape, changed(shape, members));
    expect(others).toEqual([]);
    expect(brief(problem!)).toBe(`invalid-value ${pointer} value`);
    expect(problem!.malformed).toBe(pointer);
    expect(problem!.message).toContain(words);
    const [change] = problem!.repairs?.[0]?.changes ?? [];
    expect(change).toEqual(nearest === undefined ? undefined : { op: 'set', pointer, value: nearest });
  });

  test.each(['accepted', 'enabled'])('nothing offers true for a malformed "%s"', (name) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 1 }), (value) => {
        const ksn =
          name === 'enabled' ? { enabled: value } : { statement: { version: '1', accepted: value } };
        for (const { repairs = [] } of shapeProblems('policy', changed('policy', { ksn }))) {
          expect(JSON.stringify(repairs)).not.toContain('"value":true');
        }
      }),
    );
  });

  test('a message shows no control or bidirectional character, and no long value', () => {
    const status = `\u202e\u0007${'x'.repeat(500)}`;
    const [problem] = shapeProblems('policy', changed('policy', { status }));
    expect(problem!.message).toMatch(/\\u202e\\u0007xxx/);
    expect(problem!.message.length).toBeLessThan(200);
  });
});
