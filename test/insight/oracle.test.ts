import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveAnswer } from '../../server/src/insight/effective';
import { isDevice, isPolicy } from '../../server/src/project/document';
import { effectiveGroup, sourceOf } from '../../server/src/project/effective';
import { Ambiguity, parentOf, policyInForce, type ActivePolicy } from '../../server/src/project/project';
import { met, reachOf, type Reach } from '../../server/src/project/reach';
import { configName } from '../../server/src/project/document';
import { projectOf } from '../rules/harness';
import { Oracle, unknown, type Group, type World } from './oracle';
import { deepWorlds, worlds } from './worlds';

/** What the product says about a project, in the oracle's words, and what the oracle says. */
function both(world: World): { said: unknown; expected: unknown } {
  const oracle = new Oracle(world);
  const project = projectOf({ ...world.documents, [configName]: world.config });
  const said: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const path of Object.keys(world.documents)) {
    const document = project.document(path)!;
    const answer = effectiveAnswer(project, document);
    if (!answer) {
      said[path] = undefined;
      expected[path] = oracle.kind(path);
      continue;
    }
    const group = oracle.group(path);
    const isOf = (source: Group) => ({
      decidedBy: source === unknown ? null : source.by,
      enforced: source === unknown ? null : source.enforced,
      settings: oracle.settings(source),
    });
    const told = { decidedBy: answer.decidedBy, enforced: answer.enforced, settings: answer.settings };
    const agents = answer.agents.map(
      ({ path: file, pointer, outcome, atRisk }) =>
        `${pointer === '/agent' ? file : pointer} ${outcome}${atRisk ? '!' : ''}`,
    );
    const required = oracle.required(path);
    const common = { required: answer.requiredStatement, agents };
    const commonExpected = { required: typeof required === 'string' ? required : null };
    if (isPolicy(document)) {
      const effective = effectiveGroup(project, document);
      said[path] = {
        ...told,
        ...common,
        inForce: named(policyInForce(project.groupOf(document))),
        parent: named(parentOf(project, document)),
        effective: effective.known ? { by: effective.by.path, enforced: effective.enforced } : unknown,
        reach: reached(reachOf(project, document)),
        met: reached(met(project, document)),
        acceptanceDue: answer.acceptanceDue,
      };
      expected[path] = {
        ...isOf(oracle.effectiveGroup(path)),
        ...commonExpected,
        agents: oracle.outcomes(path),
        inForce: group === undefined ? undefined : oracle.inForce(group),
        parent: oracle.parent(path),
        effective: oracle.effectiveGroup(path),
        reach: oracle.reach(path),
        met: oracle.met(path),
        acceptanceDue: oracle.acceptanceDue(path),
      };
    } else if (isDevice(document)) {
      const source = sourceOf(project, document);
      const decides = oracle.sourceOfDevice(path);
      const policy = group === undefined ? undefined : oracle.inForce(group);
      const outcome = oracle.outcomeOfDevice(path);
      const enforced = decides !== unknown && decides.enforced;
      const risk = enforced && outcome === 'on' && policy !== undefined && oracle.atRisk(policy);
      said[path] = { ...told, ...common, state: answer.state, known: source.known };
      expected[path] = {
        ...isOf(decides),
        ...commonExpected,
        agents: [`${path} ${outcome}${risk ? '!' : ''}`],
        state: outcome,
        known: decides !== unknown,
      };
    }
  }
  return { said, expected };
}

function named(policy: ActivePolicy): string | undefined {
  return policy instanceof Ambiguity ? unknown : policy?.path;
}

function reached({ entries, devices }: Reach): string[] {
  return [...entries.map(({ pointer }) => pointer), ...devices.map(({ path }) => path).sort()];
}

describe('what is in force, against the rules said again', () => {
  test.each([
    ['projects of any kind', worlds, 3000],
    ['deep trees of groups', deepWorlds, 120],
  ])(
    '%s',
    (_, arbitrary, numRuns) => {
      fc.assert(
        fc.property(arbitrary, (world) => {
          const { said, expected } = both(world);
          expect(said).toEqual(expected);
        }),
        { numRuns },
      );
    },
    120_000,
  );

  test('the generated projects meet every outcome, force, risk and doubt', () => {
    const seen = new Set<string>();
    for (const world of fc.sample(worlds, { numRuns: 1500, seed: 5 })) {
      const oracle = new Oracle(world);
      for (const path of Object.keys(world.documents)) {
        if (oracle.kind(path) !== 'policy') continue;
        for (const outcome of oracle.outcomes(path)) seen.add(outcome.split(' ')[1]!);
        const effective = oracle.effectiveGroup(path);
        seen.add(effective === unknown ? 'group unknown' : effective.by === path ? 'own' : 'inherited');
        if (oracle.parent(path) === unknown) seen.add('parent unknown');
        if (oracle.acceptanceDue(path)) seen.add('due');
      }
    }
    expect([...seen].sort()).toEqual(
      [
        ...['blocked', 'device', 'due', 'group unknown', 'inherited', 'off', 'on', 'on!', 'own'],
        ...['parent unknown', 'switched-off', 'unknown'],
      ].sort(),
    );
  });
});
