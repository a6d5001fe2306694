import { describe, expect, test } from 'vitest';
import { asText } from '../../server/src/insight/blocks';
import { plan, type PlanAnswer } from '../../server/src/insight/plan';
import { planBlocks } from '../../server/src/insight/plan-blocks';
import type { PlanRequest } from '../../server/src/insight/plan-steps';
import { accepted, config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { findingsIn, projectOf, type ProjectFiles } from '../rules/harness';

const agent = (statementVersion: string | undefined, hosts?: number, more: object = {}): object => ({
  version: '3.16',
  ...(statementVersion && { statementVersion }),
  ...(hosts !== undefined && { hosts }),
  ...more,
});
/** One policy that applies Statement S1, with whatever agents there are. */
const estate = (agents: object[], more: ProjectFiles = {}): ProjectFiles => ({
  [file('top')]: policy('M', on('S1')),
  [config]: managedBy('S1', { agents }),
  ...more,
});
const ask = (files: ProjectFiles, request: Partial<PlanRequest>): PlanAnswer =>
  plan(projectOf(files), { agents: [], ...request });
const plugin = { version: '4.0', statementVersion: 'S2' };
const agents = [{ version: '4.0', statementVersion: 'S2' }];

/** The steps of an order in short, with the hosts that lose KSN in each. */
const short = ({ orders }: PlanAnswer, i = 0): string[] =>
  orders[i]!.steps.map(({ step, lost }) => `${step.step} ${lost.hosts}`);
const text = (answer: PlanAnswer): string => asText(planBlocks(answer));

describe('which documents need acceptance again', () => {
  test('all that are on and accepted another Statement than the new plug-in carries', () => {
    const { due } = ask(
      {
        [file('a')]: policy('M', on('S1')),
        [file('b')]: policy('M/B', on('S2')),
        [file('c')]: policy('M/C', off),
        [file('d')]: policy('M/D', { enabled: true }),
        [file('e')]: device('M/E', { enabled: true, statement: accepted('S1') }),
        [config]: managedBy('S1'),
      },
      { plugin },
    );
    expect(due.map(({ path, accepted, required, before }) => [path, accepted, required, before])).toEqual([
      [file('a'), 'S1', 'S2', false],
      [file('d'), null, 'S2', true],
      [file('e'), 'S1', 'S2', false],
    ]);
  });

  test('not known where the Statement of the new plug-in is not given', () => {
    const answer = ask(estate([]), { plugin: { version: '4.0' } });
    expect(answer.due).toMatchObject([{ required: null }]);
    expect(short(answer)).toEqual(['plugin 0']);
    expect(text(answer)).toContain('it can’t be told');
  });

  test('none where an override says that another plug-in manages the file', () => {
    const other = { files: [file('own')], plugin: { version: '3.10', statementVersion: 'S1' } };
    const { due } = ask(
      {
        [file('top')]: policy('M', on('S1')),
        [file('own')]: policy('N', on('S1')),
        [config]: managedBy('S1', { overrides: [other] }),
      },
      { plugin },
    );
    expect(due.map(({ path }) => path)).toEqual([file('top')]);
  });

  test('as it is without any update of the plug-in', () => {
    expect(ask(estate([]), { agents }).due).toEqual([]);
  });
});

describe('orders', () => {
  test('acceptance never comes before the plug-in that carries the Statement', () => {
    const { orders } = ask(estate([agent('S1', 10)]), { plugin, agents });
    expect(orders).toHaveLength(3);
    for (const { steps } of orders) {
      const names = steps.map(({ step }) => step.step);
      expect(names.indexOf('plugin')).toBeLessThan(names.indexOf('accept'));
    }
  });

  test('every order loses the hosts that meet another Statement in between, at their first step only', () => {
    const answer = ask(estate([agent('S1', 10)]), { plugin, agents });
    expect(answer.lossless).toBe(false);
    expect(answer.orders.map(({ lost }) => lost.hosts)).toEqual([10, 10, 10]);
    // The accept step after it does not give back what was lost.
    for (const { steps } of answer.orders)
      expect(steps.map(({ lost }) => lost.hosts).sort()).toEqual([0, 0, 10]);
    expect(text(answer)).toContain('No order of these steps keeps KSN on everywhere');
  });

  test('the one that loses none is found', () => {
    // The new agents carry the same Statement: nothing changes for anybody.
    const answer = ask(estate([agent('S1', 10)]), { agents: [{ version: '4.0', statementVersion: 'S1' }] });
    expect(answer.lossless).toBe(true);
    expect(short(answer)).toEqual(['agents 0']);
    expect(text(answer)).toContain('In this order no host loses KSN');
  });

  test('the fewest lost come first', () => {
    const files = estate([agent('S1', 500), agent('S2', 7, { version: '3.17' })]);
    const { orders, lostBefore } = ask(files, {
      plugin,
      agents: [
        { from: '3.16', version: '4.0', statementVersion: 'S2' },
        { from: '3.17', version: '4.0', statementVersion: 'S2' },
      ],
    });
    expect(lostBefore).toEqual({ hosts: 7, uncounted: 0 });
    const lost = orders.map(({ lost }) => lost.hosts);
    expect(lost).toEqual([...lost].sort((a, b) => a - b));
    expect(orders).toHaveLength(12);
  });

  test('FROM concerns agents of that version alone, compared number by number', () => {
    const files = estate([
      agent('S1', 5),
      agent('S1', 3, { version: '3.16.0' }),
      agent('S1', 2, { version: '3.15' }),
    ]);
    const answer = ask(files, { agents: [{ from: '3.16', version: '4.0', statementVersion: 'S2' }] });
    expect(short(answer)).toEqual(['agents 8']);
    expect(answer.orders[0]!.steps[0]!.atRisk).toEqual({ hosts: 2, uncounted: 0 });
    expect(text(answer)).toContain('2 hosts beside them would then probably lose KSN, too');
  });

  test('an agent of which the Statement is not given is not known afterwards, and no order lossless', () => {
    const answer = ask(estate([agent('S1', 5)]), { agents: [{ version: '4.0' }] });
    expect(answer.lossless).toBe(false);
    expect(answer.orders[0]!.steps[0]).toMatchObject({
      lost: { hosts: 0 },
      unknown: { hosts: 5, uncounted: 0 },
    });
    expect(text(answer)).toContain('not known for 5 hosts');
  });

  test('of orders that lose none, the one of which most is known comes first', () => {
    const answer = ask(estate([agent(undefined, 5)]), {
      plugin: { version: '4.0' },
      agents: [{ version: '4.0', statementVersion: 'S1' }],
    });
    expect(short(answer)).toEqual(['agents 0', 'plugin 0']);
    expect(answer.lossless).toBe(true);
    expect(text(answer)).toContain('  1. update all agents to 4.0: no host loses KSN');
  });

  test.each([
    [
      'a parent whose status is malformed',
      { [file('low')]: policy('M/L', on('S1')), [file('top')]: policy('M', on('S1'), { status: 'actve' }) },
    ],
    [
      'two active parents',
      {
        [file('low')]: policy('M/L', on('S1')),
        [file('top')]: policy('M', off),
        [file('too')]: policy('M', off),
      },
    ],
    ['a malformed switch', { [file('top')]: policy('M', { ...on('S1'), enabled: 'yes' }) }],
    [
      'a malformed acceptance',
      { [file('top')]: policy('M', { ...on('S1'), statement: { version: 'S1', accepted: 1 } }) },
    ],
    [
      'a device under two active policies',
      {
        [file('top')]: policy('M', off),
        [file('too')]: policy('M', off),
        [file('d')]: device('M', off, 'S1'),
      },
    ],
  ])('%s leaves hosts that can’t be judged, and no order lossless', (_, documents) => {
    const low = agent('S1', 5, { administrationGroups: ['M/L'] });
    const answer = ask({ [config]: managedBy('S1', { agents: [low] }), ...documents }, { agents });
    expect(answer.lossless).toBe(false);
    expect(text(answer)).toContain('not all can be judged');
  });
});

describe('hosts', () => {
  test('of an entry that several policies reach count once', () => {
    const declines = { inheritance: { inheritFromParent: false } };
    const files = estate([agent('S1', 100)], {
      [file('a')]: policy('M/A', on('S1'), declines),
      [file('b')]: policy('M/B', on('S1'), declines),
    });
    const answer = ask(files, { agents });
    expect(answer.orders[0]!.lost).toEqual({ hosts: 100, uncounted: 0 });
    expect(answer.orders[0]!.steps[0]!.losing).toEqual([file('a'), file('b'), file('top')]);
  });

  test('of a device that an entry of the same agent counts already count once, as the rule says', () => {
    const files = estate([agent('S0', 100)], { [file('d')]: device('M/A', off, 'S0') });
    expect(ask(files, { agents }).lostBefore).toEqual({ hosts: 100, uncounted: 0 });
    expect(
      findingsIn(files, file('top'))
        .map(({ message }) => message)
        .join(),
    ).toContain('100 hosts');
  });

  test('of a device with another agent, or elsewhere, come on top', () => {
    const files = estate([agent('S0', 100, { administrationGroups: ['M/B'] })], {
      [file('d')]: device('M/A', off, 'S0'),
      [file('e')]: device('M/B', off, 'S3'),
    });
    expect(ask(files, { agents }).lostBefore).toEqual({ hosts: 102, uncounted: 0 });
  });

  test('that are not counted are said to be so', () => {
    const answer = ask(estate([agent('S1'), agent('S1', 4, { version: '3.15' })]), { agents });
    expect(answer.orders[0]!.lost).toEqual({ hosts: 4, uncounted: 1 });
    expect(text(answer)).toContain('4 hosts and an uncounted number of others');
  });

  test('are none where an entry says 0, where KSN is off, Undefined, not accepted or the policy inactive', () => {
    expect(ask(estate([agent('S1', 0)]), { agents }).orders[0]!.lost.hosts).toBe(0);
    for (const top of [
      policy('M', off),
      policy('M', { enabled: true, statement: accepted('S1') }),
      policy('M', { enforcement: 'enforce', enabled: true, statement: { version: 'S1', accepted: false } }),
      policy('M', on('S1'), { status: 'inactive' }),
    ]) {
      const answer = ask(estate([agent('S1', 5)], { [file('top')]: top }), { agents });
      expect(answer.orders[0]!.lost.hosts).toBe(0);
    }
  });

  test('of a device with settings of its own are judged by these', () => {
    const files = {
      [file('d')]: device('M', { enabled: true, statement: accepted('S1') }, 'S1'),
      [config]: managedBy('S1'),
    };
    const answer = ask(files, { agents });
    expect(answer.orders[0]!.steps[0]).toMatchObject({ lost: { hosts: 1 }, losing: [file('d')] });
  });
});

describe('Kaspersky Managed Protection', () => {
  const withKmp = (version: string): ProjectFiles => ({
    [file('top')]: policy('M', off, { kmp: { enabled: true } }),
    [file('off')]: policy('N', off, { kmp: { enabled: false } }),
    [config]: { plugin: { version } },
  });

  test('is named where the update takes away the last plug-in that can disable it', () => {
    const answer = ask(withKmp('3.9'), { plugin });
    expect(answer.kmp).toEqual([file('top')]);
    expect(text(answer)).toContain('disable it before the plug-in is updated');
  });

  test('is none of an update that stays below 3.10, or comes from 3.10', () => {
    expect(ask(withKmp('3.9'), { plugin: { version: '3.9.5' } }).kmp).toEqual([]);
    expect(ask(withKmp('3.10'), { plugin }).kmp).toEqual([]);
  });
});

test('the project stays as it is, and the answer is the same again', () => {
  const project = projectOf(estate([agent('S1', 10)], { [file('d')]: device('M/A', off, 'S1') }));
  const before = JSON.stringify([...project.documents].map(({ facts }) => facts));
  const first = plan(project, { plugin, agents });
  expect(plan(project, { plugin, agents })).toEqual(first);
  expect(JSON.stringify([...project.documents].map(({ facts }) => facts))).toBe(before);
});

describe('what nobody knows of', () => {
  test('a policy with KSN on that reaches no known agent is no promise that none loses it', () => {
    const answer = ask(estate([]), { plugin });
    expect(answer).toMatchObject({ lossless: false, unreached: [file('top')] });
    expect(text(answer)).toContain('no host is known to lose KSN, but not all can be judged');
    expect(text(answer)).toContain('1 document that turns KSN on reaches no agent that is known');
    expect(
      ask(estate([agent('S1', 5)]), { agents: [{ version: '4.0', statementVersion: 'S1' }] }),
    ).toMatchObject({
      lossless: true,
      unreached: [],
    });
  });

  test('a version to be updated that no agent has is said, for it may be mistyped', () => {
    const from = (version: string) => [{ ...agents[0]!, from: version }];
    const files = estate([agent('S1', 5)], {
      [file('d')]: device('M', {}, 'S1', { agent: { version: '3.15' } }),
    });
    expect(ask(files, { agents: from('3.16.0') }).unmatched).toEqual([]);
    expect(ask(files, { agents: from('3.15') }).unmatched).toEqual([]);
    const answer = ask(files, { agents: from('3.61') });
    expect(answer.unmatched).toEqual(['3.61']);
    expect(text(answer)).toContain('No agent of version 3.61 is in the config');
  });
});
