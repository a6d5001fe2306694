import { describe, expect, test } from 'vitest';
import { malformed } from '../../server/src/model/facts';
import {
  chainOf,
  deviations,
  effectiveGroup,
  forcedBy,
  requiredStatement,
  sourceOf,
} from '../../server/src/project/effective';
import {
  acceptanceDue,
  agentsOf,
  outcomeOf,
  outcomeOfDevice,
  stateOfPolicy,
} from '../../server/src/project/outcome';
import {
  activePolicy,
  Ambiguity,
  parentOf,
  policyInForce,
  type Project,
} from '../../server/src/project/project';
import { met, reachOf } from '../../server/src/project/reach';
import { accepted, config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { deviceOf, policyOf, projectOf, type ProjectFiles } from '../rules/harness';

/** Files by short names. */
const named = (documents: Record<string, object>, settings?: object): ProjectFiles => ({
  ...Object.fromEntries(Object.entries(documents).map(([name, content]) => [file(name), content])),
  ...(settings && { [config]: settings }),
});
const short = (path: string): string => path.replace('.kea-policy.json', '');

/** Whose group holds for a policy: `name!` where it is enforced, `?` where it can't be told. */
function groupOf(project: Project, name: string): string {
  const group = effectiveGroup(project, policyOf(project, file(name)));
  return group.known ? short(group.by.path) + (group.enforced ? '!' : '') : '?';
}

/** Whose settings hold for a device, in the same words. */
function sourceFor(project: Project, name: string): string {
  const source = sourceOf(project, deviceOf(project, file(name)));
  return source.known ? short(source.by.path) + (source.enforced ? '!' : '') : '?';
}

const declines = { inheritance: { inheritFromParent: false } };
const forces = { inheritance: { forceInChildren: true } };
const undefinedGroup = { enforcement: 'undefined', enabled: true };

describe('the policy in force and the parent', () => {
  const project = projectOf(
    named({
      top: policy('A', off),
      inactive: policy('A/B', off, { status: 'inactive' }),
      away: policy('A/B', off, { status: 'outOfOffice' }),
      low: policy('A/B/C', off),
      d: device('A/B', {}),
      e: device('A/B/C/D', {}),
      f: device('Z', {}),
    }),
  );
  const inForce = (name: string) => {
    const found = policyInForce(project.groupOf(project.document(file(name))!));
    return found instanceof Ambiguity ? 'ambiguous' : found && short(found.path);
  };
  const parent = (name: string) => {
    const found = parentOf(project, policyOf(project, file(name)));
    return found instanceof Ambiguity ? 'ambiguous' : found && short(found.path);
  };

  test('are the active policies of the nearest group that has one', () => {
    expect(['d', 'e', 'f'].map(inForce)).toEqual(['top', 'low', undefined]);
    expect(['top', 'low', 'inactive'].map(parent)).toEqual([undefined, 'top', 'top']);
  });

  test('an out-of-office policy has no parent', () => {
    expect(parent('away')).toBeUndefined();
    expect(groupOf(project, 'away')).toBe('away!');
  });

  test('groups are compared part by part', () => {
    const project = projectOf(
      named({ emea: policy('M/EMEA', off), d: device('M/EMEA2', {}), e: device('M/EMEA/X', {}) }),
    );
    expect(['d', 'e'].map((name) => sourceFor(project, name))).toEqual(['d', 'emea!']);
  });
});

describe('the effective KSN group of a policy', () => {
  test.each([
    ['its parent is enforced and it inherits by default', {}, off, {}, 'top!'],
    ['it declines', declines, off, {}, 'low'],
    ['it declines in vain', declines, off, forces, 'top!'],
    ['its parent is Undefined', {}, undefinedGroup, {}, 'low'],
    ['its parent is Undefined and forces', {}, undefinedGroup, forces, 'low'],
    ['its parent is inactive', {}, off, { status: 'inactive' }, 'low'],
    ['its parent is out of office', {}, off, { status: 'outOfOffice' }, 'low'],
    ['its word on inheritance is malformed', { inheritance: { inheritFromParent: 0 } }, off, {}, '?'],
    [
      'and its parent is not enforced anyway',
      { inheritance: { inheritFromParent: 0 } },
      undefinedGroup,
      {},
      'low',
    ],
    ['its parent may force', declines, off, { inheritance: { forceInChildren: 0 } }, '?'],
    ["its parent's switch is malformed", {}, { enforcement: 'on' }, {}, '?'],
    ["its parent's switch is malformed, but it declines", declines, { enforcement: 'on' }, {}, 'low'],
    ["its parent's status is malformed", {}, off, { status: 'on' }, '?'],
    ['it may be out of office', { status: 'on' }, off, {}, '?'],
    ['it may be out of office, but nothing is enforced above', { status: 'on' }, undefinedGroup, {}, 'low'],
  ])('where %s', (_, own, above, moreAbove, expected) => {
    const project = projectOf(
      named({ top: policy('A', above, moreAbove), low: policy('A/B/C', { enabled: true }, own) }),
    );
    expect(groupOf(project, 'low')).toBe(expected);
  });

  test('passes through policies between that inherit, and stops at one that does not', () => {
    const chain = (between: object, ksn: object = {}) =>
      projectOf(named({ top: policy('A', off), mid: policy('A/B', ksn, between), low: policy('A/B/C', {}) }));
    expect(groupOf(chain({}), 'low')).toBe('top!');
    expect(groupOf(chain(declines), 'low')).toBe('low');
    expect(groupOf(chain(declines, off), 'low')).toBe('mid!');
  });

  test('anybody in the chain of parents may force', () => {
    const project = projectOf(
      named({
        top: policy('A', {}, forces),
        mid: policy('A/B', off, declines),
        low: policy('A/B/C', {}, declines),
      }),
    );
    expect(groupOf(project, 'low')).toBe('mid!');
    const low = policyOf(project, file('low'));
    expect(forcedBy(project, low)).toMatchObject({ path: file('top') });
    expect(chainOf(project, low).parents.map(({ path }) => short(path))).toEqual(['mid', 'top']);
  });

  test('is unknown below two active policies, also for one that declines', () => {
    const twins = { a: policy('A', off), b: policy('A', off) };
    const project = projectOf(
      named({ ...twins, low: policy('A/B', off), proud: policy('A/C', off, declines) }),
    );
    expect(groupOf(project, 'low')).toBe('?');
    // One of the two may force inheritance.
    expect(groupOf(project, 'proud')).toBe('?');
    expect(forcedBy(project, policyOf(project, file('proud')))).toBe(malformed);
  });

  test('is unknown where the policy is in no valid group, unless it is out of office', () => {
    const lost = (more: object) => projectOf(named({ p: policy(7 as never, off, more) }));
    expect(groupOf(lost({}), 'p')).toBe('?');
    expect(groupOf(lost({ status: 'outOfOffice' }), 'p')).toBe('p!');
  });

  test('follows a chain of a thousand policies', () => {
    const groups = Array.from({ length: 1000 }, (_, i) => Array.from({ length: i + 1 }, () => 'g').join('/'));
    const project = projectOf(
      named(Object.fromEntries(groups.map((group, i) => [`p${i}`, policy(group, i === 0 ? off : {})]))),
    );
    expect(groupOf(project, 'p999')).toBe('p0!');
  });

  test('is asked anew when a document changes', () => {
    const project = projectOf(named({ top: policy('A', off), low: policy('A/B', {}) }));
    expect(groupOf(project, 'low')).toBe('top!');
    project.replace(file('top'), undefined);
    expect(groupOf(project, 'low')).toBe('low');
    project.replace(file('new'), { ...projectOf(named({ new: policy('A', off) })).document(file('new'))! });
    expect(groupOf(project, 'low')).toBe('new!');
  });
});

describe('who is active in a group', () => {
  test('is told by the documents that are there, and nothing else', () => {
    const project = projectOf(named({ a: policy('A', off), b: policy('A', off, { status: 'inactive' }) }));
    const group = project.groups.ensure('A');
    const active = () => activePolicy(group);
    expect(active()).toMatchObject({ path: file('a') });
    const other = projectOf(named({ c: policy('A', off) })).document(file('c'))!;
    project.replace(file('c'), other);
    const both = active();
    expect(both).toBeInstanceOf(Ambiguity);
    expect((both as Ambiguity).policies.map(({ path }) => short(path))).toEqual(['a', 'c']);
    project.replace(file('a'), undefined);
    expect(active()).toMatchObject({ path: file('c') });
    project.replace(file('c'), undefined);
    expect(active()).toBeUndefined();
  });
});

describe('the effective settings of a device', () => {
  test.each([
    ['no policy', undefined, 'd'],
    ['an enforced one', off, 'p!'],
    ['an Undefined one', undefinedGroup, 'd'],
    ['one whose switch is malformed', { enforcement: 'on' }, '?'],
  ])('under %s', (_, ksn, expected) => {
    const project = projectOf(named({ ...(ksn && { p: policy('A', ksn) }), d: device('A/B', {}) }));
    expect(sourceFor(project, 'd')).toBe(expected);
  });

  test('an Undefined policy of its own group keeps nothing out that is enforced above', () => {
    const project = projectOf(
      named({ top: policy('A', off), p: policy('A/B', undefinedGroup), d: device('A/B', {}) }),
    );
    expect(sourceFor(project, 'd')).toBe('top!');
  });

  test('are unknown without a valid group', () => {
    expect(sourceFor(projectOf(named({ d: device(7 as never, {}) })), 'd')).toBe('?');
  });
});

describe('deviations', () => {
  const between = (own: object, above: object) => {
    const project = projectOf(named({ p: policy('A', above), d: device('A', own) }));
    const { ksn } = deviceOf(project, file('d')).facts;
    return deviations(ksn, policyOf(project, file('p')).facts.ksn).map(({ member }) => member);
  };

  test('are of what is stated, against what holds with its defaults', () => {
    expect(between({}, on('A'))).toEqual([]);
    expect(between({ enabled: true }, {})).toEqual(['enabled']);
    expect(between({ enabled: false, useKscAsKsnProxy: true }, on('A'))).toEqual([
      'enabled',
      'useKscAsKsnProxy',
    ]);
    expect(between({ statement: accepted('B') }, on('A'))).toEqual(['statement.version']);
    expect(between({ statement: accepted('B') }, off)).toEqual(['statement.version']);
    expect(between({ statement: accepted('A', { accepted: false }) }, on('A'))).toEqual([]);
    expect(between({ enabled: 'no' }, on('A'))).toEqual([]);
  });
});

describe('the required Statement', () => {
  const required = (settings: object | undefined, plugin?: unknown) => {
    const project = projectOf(named({ p: policy('A', {}, { plugin }), d: device('A', {}) }, settings));
    return [file('p'), file('d')].map((path) => requiredStatement(project, project.document(path)!));
  };
  const saved = { version: '3.14', statementVersion: 'S' };

  test('is that of the config, without it that of the file, of a device the former alone', () => {
    expect(required(managedBy('A'), saved)).toEqual(['A', 'A']);
    expect(required({ plugin: { version: '3.16' } }, saved)).toEqual(['S', undefined]);
    expect(required(undefined, saved)).toEqual(['S', undefined]);
    expect(required(undefined)).toEqual([undefined, undefined]);
  });

  test('is neither known nor absent where the member is malformed', () => {
    expect(required({ plugin: { version: '3.16', statementVersion: 1 } }, saved)).toEqual([
      malformed,
      malformed,
    ]);
    expect(required(undefined, { version: '3.14', statementVersion: 1 })).toEqual([malformed, undefined]);
    expect(required(undefined, 'web')).toEqual([malformed, undefined]);
  });
});

describe('reach', () => {
  const entry = (...administrationGroups: string[]) => ({ version: '3.16', administrationGroups });
  const reached = (documents: Record<string, object>, name: string, groups: string[][]) => {
    const project = projectOf(named(documents, { agents: groups.map((each) => entry(...each)) }));
    const { entries, devices } = reachOf(project, policyOf(project, file(name)));
    return [
      ...entries.map(({ administrationGroups }) => administrationGroups!.join('+')),
      ...devices.map(({ path }) => short(path)),
    ];
  };

  test('takes in groups above, and those at or below where the policy decides', () => {
    const documents = { p: policy('M/EMEA', off), d: device('M/EMEA/X', {}), e: device('M', {}) };
    const groups = [['M'], ['M/EMEA'], ['M/EMEA/X/Y'], ['M/EMEA2'], ['M/APAC'], ['N', 'M/EMEA']];
    expect(reached(documents, 'p', groups)).toEqual(['M', 'M/EMEA', 'M/EMEA/X/Y', 'N+M/EMEA', 'd']);
  });

  test('ends where another policy decides, with all that is below it', () => {
    const documents = {
      p: policy('M', off),
      child: policy('M/A', off, declines),
      grandchild: policy('M/A/B', {}),
      d: device('M/A/B', {}),
      e: device('M/C', {}),
    };
    expect(reached(documents, 'p', [['M/A'], ['M/A/B'], ['M/C']])).toEqual(['M/C', 'e']);
    expect(reached(documents, 'child', [['M'], ['M/A'], ['M/A/B'], ['M/C']])).toEqual([
      'M',
      'M/A',
      'M/A/B',
      'd',
    ]);
    // Its group is not the effective one, so that nothing below it is its own to decide.
    expect(reached(documents, 'grandchild', [['M/A'], ['M/A/B']])).toEqual(['M/A']);
  });

  test('of an Undefined group ends at the next active policy', () => {
    const documents = {
      p: policy('M', undefinedGroup),
      child: policy('M/A', undefinedGroup),
      d: device('M/A', {}),
      e: device('M', {}),
    };
    expect(reached(documents, 'p', [['M/A'], ['M/B']])).toEqual(['M/B', 'e']);
  });

  test('of an inactive policy is nothing that anybody decides for', () => {
    const documents = { p: policy('M/A', off, { status: 'inactive' }), d: device('M/A', {}) };
    expect(reached(documents, 'p', [['M'], ['M/A'], ['M/A/B']])).toEqual(['M']);
  });

  test('of a policy below is met by it, though another one decides', () => {
    const project = projectOf(
      named({ top: policy('M', off), p: policy('M/A', {}), d: device('M/A', {}), e: device('M', {}) }),
    );
    const documents = (name: string, ask: typeof met) =>
      ask(project, policyOf(project, file(name)))
        .devices.map(({ path }) => short(path))
        .sort();
    expect(documents('top', reachOf)).toEqual(['d', 'e']);
    expect(documents('p', reachOf)).toEqual([]);
    expect(documents('p', met)).toEqual(['d']);
  });

  test('leaves out what two active policies contend for', () => {
    const project = projectOf(
      named({
        top: policy('M', off),
        p: policy('M/A', {}),
        a: policy('M/A/X', {}),
        b: policy('M/A/X', {}),
        d: device('M/A', {}),
        e: device('M/A/X', {}),
      }),
    );
    for (const [name, ask] of [
      ['top', reachOf],
      ['p', met],
    ] as const) {
      const { devices } = ask(project, policyOf(project, file(name)));
      expect(devices.map(({ path }) => short(path))).toEqual(['d']);
    }
  });
});

describe('the outcome', () => {
  const outcomes = (ksn: object, agents: object[], more: Record<string, object> = {}) => {
    const project = projectOf(named({ p: policy('M', ksn), ...more }, managedBy('A', { agents })));
    return outcomeOf(project, policyOf(project, file('p'))).agents.map(
      ({ outcome, atRisk }) => outcome + (atRisk ? '!' : ''),
    );
  };
  const carrying = (statementVersion?: string) => ({
    version: '3.16',
    ...(statementVersion && { statementVersion }),
  });

  test.each([
    ['device', { ...on('A'), enforcement: 'undefined' }, 'B'],
    ['off', off, 'B'],
    ['off', { enforcement: 'enforce', statement: accepted('A') }, 'A'],
    ['blocked', { enforcement: 'enforce', enabled: true }, 'A'],
    ['blocked', on('A', { statement: { version: 'A', accepted: false } }), undefined],
    ['unknown', on('A'), undefined],
    ['unknown', on('A', { enabled: 'yes' }), 'A'],
    ['unknown', on('A', { enforcement: 'yes' }), 'A'],
    ['unknown', on('A', { statement: { version: 1, accepted: true } }), 'A'],
    ['switched-off', on('A'), 'B'],
    ['on', on('A'), 'A'],
  ])('%s', (expected, ksn, statement) => {
    expect(outcomes(ksn, [carrying(statement)])).toEqual([expected]);
  });

  test('one mismatch puts the agents at risk on which KSN is on, and no others', () => {
    expect(outcomes(on('A'), [carrying('A'), carrying('B'), carrying()])).toEqual([
      'on!',
      'switched-off',
      'unknown',
    ]);
    expect(outcomes(on('A'), [carrying('A'), carrying()])).toEqual(['on', 'unknown']);
  });

  test('who inherits is at risk with the policy that decides', () => {
    const beside = (statement: string) => {
      const project = projectOf(
        named(
          { top: policy('M', on('A')), p: policy('M/A', {}) },
          managedBy('A', {
            agents: [
              { ...carrying(statement), administrationGroups: ['M/B'] },
              { ...carrying('A'), administrationGroups: ['M/A'] },
            ],
          }),
        ),
      );
      return { project, ask: () => outcomeOf(project, policyOf(project, file('p'))).agents };
    };
    const { project, ask } = beside('B');
    expect(ask()).toMatchObject([{ outcome: 'on', atRisk: true }]);
    expect(beside('A').ask()).toMatchObject([{ outcome: 'on', atRisk: false }]);
    project.configure(beside('A').project.config, []);
    expect(ask()).toMatchObject([{ outcome: 'on', atRisk: false }]);
  });

  test('under an Undefined group each device stands for itself', () => {
    const devices = {
      d: device('M', { enabled: true, statement: accepted('A') }, 'A'),
      e: device('M', { enabled: true, statement: accepted('A') }, 'B'),
      f: device('M', {}),
    };
    expect(outcomes(undefinedGroup, [], devices)).toEqual(['on', 'switched-off', 'off']);
  });

  test('of an out-of-office policy is that of its own settings, as if it were in force', () => {
    const project = projectOf(
      named({
        p: policy('M', on('A'), { status: 'outOfOffice' }),
        usual: policy('M', off),
        d: device('M', {}, 'B'),
      }),
    );
    const away = policyOf(project, file('p'));
    expect(agentsOf(project, away)).toHaveLength(1);
    expect(outcomeOf(project, away).agents.map(({ outcome }) => outcome)).toEqual(['switched-off']);
    expect(outcomeOfDevice(project, deviceOf(project, file('d')))).toBe('off');
  });

  test('of a whole policy is its worst, and unknown where no agent is known', () => {
    const state = (ksn: object, agents: object[]) => {
      const project = projectOf(named({ p: policy('M', ksn) }, managedBy('A', { agents })));
      return stateOfPolicy(project, policyOf(project, file('p')));
    };
    expect(state(on('A'), [])).toBe('unknown');
    expect(state(on('A'), [carrying('A')])).toBe('on');
    expect(state(on('A'), [carrying('A'), carrying()])).toBe('unknown');
    expect(state(on('A'), [carrying(), carrying('B')])).toBe('switched-off');
    expect(state(off, [])).toBe('off');
    expect(state(undefinedGroup, [carrying('B')])).toBe('device');
    expect(state({ enforcement: 'enforce', enabled: true }, [])).toBe('blocked');
  });

  test('an acceptance is due where the Statement is not the required one, or that is unknown', () => {
    const due = (ksn: object, settings?: object) => {
      const project = projectOf(named({ p: policy('M', ksn) }, settings));
      return acceptanceDue(project, policyOf(project, file('p')));
    };
    expect(due(on('A'), managedBy('A'))).toBe(false);
    expect(due(on('A'), managedBy('B'))).toBe(true);
    expect(due(on('A'))).toBe(true);
    expect(due({ enabled: true }, managedBy('A'))).toBe(true);
    expect(due(off, managedBy('A'))).toBe(false);
  });
});
