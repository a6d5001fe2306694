import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeProject } from '../../server/src/engine/judge';
import { inOrder, Locator } from '../../server/src/engine/locate';
import { asMarkdown } from '../../server/src/insight/blocks';
import { diff, type DiffAnswer } from '../../server/src/insight/diff';
import { diffBlocks } from '../../server/src/insight/diff-blocks';
import type { Side } from '../../server/src/insight/pairs';
import { mayDiffer } from '../../server/src/project/affected';
import { Project } from '../../server/src/project/project';
import { accepted, config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { now, projectOf, textOf, type ProjectFiles } from '../rules/harness';
import { worlds } from './worlds';

function sideOf(files: ProjectFiles, prefix = ''): Side {
  const project = projectOf(files);
  const locator = new Locator((path) => (files[path] === undefined ? undefined : textOf(files[path])));
  const findings = judgeProject(project, { now })
    .map((finding) => locator.locate(finding))
    .sort(inOrder);
  return [{ project, findings, prefix }];
}
const compare = (before: ProjectFiles, after: ProjectFiles): DiffAnswer =>
  diff(sideOf(before), sideOf(after));
const markdown = (answer: DiffAnswer): string => asMarkdown(diffBlocks(answer));

const agents = [{ version: '3.16', statementVersion: 'S1', hosts: 100 }];
const base: ProjectFiles = {
  [file('top')]: policy('M', on('S1')),
  [file('d')]: device('M/A', { enabled: false }, 'S1'),
  [config]: managedBy('S1', { agents }),
};
const without = (path: string): ProjectFiles =>
  Object.fromEntries(Object.entries(base).filter(([name]) => name !== path));
const hosts = ({ documents }: DiffAnswer): string[] =>
  documents.flatMap(({ path, hosts }) =>
    hosts.map(
      ({ device, before, after, effect }) => `${path} ${device ?? 'entry'}: ${before}, ${after}, ${effect}`,
    ),
  );
const guards = ({ guards }: DiffAnswer): string[] =>
  guards.map(({ what, weakens }) => `${what}${weakens ? ' weaker' : ''}`);

describe('hosts', () => {
  test('nothing changed: nothing is said', () => {
    const answer = compare(base, base);
    expect(answer).toEqual({
      ...{ documents: [], acceptances: [], guards: [], newFindings: [], goneFindings: [] },
      lost: { hosts: 0, uncounted: 0 },
      gained: { hosts: 0, uncounted: 0 },
    });
    expect(markdown(answer)).toContain('Nothing in force, recorded or found has changed');
  });

  test('lose KSN where it is switched off, each once', () => {
    const answer = compare(base, { ...base, [file('top')]: policy('M', off) });
    expect(hosts(answer)).toEqual([
      `${file('d')} Device in M/A: on, off, loss`,
      `${file('top')} entry: on, off, loss`,
    ]);
    // The entry counts the device already.
    expect(answer.lost).toEqual({ hosts: 100, uncounted: 0 });
    expect(markdown(answer)).toContain('KSN is lost on 100 hosts');
  });

  test('gain it where it is switched on', () => {
    const answer = compare({ ...base, [file('top')]: policy('M', off) }, base);
    expect(answer.gained).toEqual({ hosts: 100, uncounted: 0 });
    expect(answer.lost.hosts).toBe(0);
  });

  test('lose it to another Statement than their agents carry', () => {
    const answer = compare(base, { ...base, [file('top')]: policy('M', on('S2')) });
    expect(hosts(answer)).toContain(`${file('top')} entry: on, switched-off, loss`);
  });

  test('keep what was enforced last where nothing enforces it any more', () => {
    for (const after of [
      without(file('top')),
      { ...base, [file('top')]: policy('M', on('S1'), { status: 'inactive' }) },
      { ...base, [file('top')]: policy('M', { ...on('S1'), enforcement: 'undefined' }) },
    ]) {
      const answer = compare(base, after);
      expect(hosts(answer)).toEqual([
        `${file('d')} Device in M/A: on, as-last-enforced, other`,
        `${file('top')} entry: on, as-last-enforced, other`,
      ]);
      expect(answer.lost.hosts).toBe(0);
      expect(markdown(answer)).toContain('as last enforced');
    }
  });

  test('but what is set on the device in the same change holds there', () => {
    const own = device('M/A', { enabled: true }, 'S1');
    const answer = compare(base, { ...without(file('top')), [file('d')]: own });
    expect(hosts(answer)).toContain(`${file('d')} Device in M/A: on, blocked, loss`);
  });

  test('get what another policy enforces where that one takes over', () => {
    const child = {
      ...base,
      [file('child')]: policy('M/A', off, { inheritance: { inheritFromParent: false } }),
    };
    const answer = compare(child, base);
    expect(hosts(answer)).toContain(`${file('d')} Device in M/A: off, on, gain`);
    expect(hosts(answer)).toContain(`${file('child')} entry: off, on, gain`);
  });

  test('are the same agents after an update: other Statement on both sides, KSN on all the time', () => {
    const updated = [{ version: '4.0', statementVersion: 'S2', hosts: 100 }];
    const answer = compare(without(file('d')), {
      [file('top')]: policy('M', on('S2')),
      [config]: managedBy('S2', { agents: updated }),
    });
    expect(hosts(answer)).toEqual([]);
    expect(answer).toMatchObject({ lost: { hosts: 0 }, gained: { hosts: 0 } });
  });

  test('are no loss where their entry leaves the config, and no gain where it comes', () => {
    const more = [...agents, { version: '3.17', statementVersion: 'S2', hosts: 7 }];
    const other = {
      ...base,
      [file('top')]: policy('M', on('S2')),
      [config]: managedBy('S2', { agents: more }),
    };
    expect(compare(base, other)).toMatchObject({ lost: { hosts: 100 }, gained: { hosts: 0 } });
    expect(compare(other, base)).toMatchObject({ lost: { hosts: 0 }, gained: { hosts: 100 } });
  });
});

describe('documents', () => {
  test('of a moved file are the same one', () => {
    const top = policy('M', on('S1'));
    const answer = compare(base, { ...without(file('top')), [file('sub/renamed')]: top });
    expect(answer.documents).toMatchObject([
      { path: file('d'), before: { decidedBy: file('top') }, after: { decidedBy: file('sub/renamed') } },
      { path: file('sub/renamed'), from: file('top'), change: 'changed', hosts: [] },
    ]);
    expect(answer.acceptances).toEqual([]);
  });

  test('below a policy that changed are listed with what holds for them before and after', () => {
    const { documents } = compare(base, { ...base, [file('top')]: policy('M', off) });
    expect(documents.find(({ path }) => path === file('d'))).toMatchObject({
      change: 'changed',
      before: { settings: { enabled: true }, enforced: true, decidedBy: file('top'), state: 'on' },
      after: { settings: { enabled: false }, enforced: true, decidedBy: file('top'), state: 'off' },
    });
  });

  test('added and removed are said to be so', () => {
    const { documents } = compare(base, { ...without(file('d')), [file('new')]: policy('N', off) });
    expect(documents.map(({ path, change }) => `${path} ${change}`)).toEqual([
      `${file('d')} removed`,
      `${file('new')} added`,
    ]);
  });

  test('in nested projects are named from the top', () => {
    const below = { [file('top')]: policy('M', on('S1')), [config]: managedBy('S1') };
    const answer = diff(
      [...sideOf(base), ...sideOf(below, 'nested/one')],
      [...sideOf(base), ...sideOf({ ...below, [file('top')]: policy('M', off) }, 'nested/one')],
    );
    expect(answer.documents.map(({ path }) => path)).toEqual([`nested/one/${file('top')}`]);
    expect(answer.documents[0]!.after!.decidedBy).toBe(`nested/one/${file('top')}`);
  });
});

describe('acceptances', () => {
  const dana = (version: string): object =>
    policy('M', { ...on(version), statement: accepted(version, { acceptedBy: 'Dana' }) });

  test('are named with who is recorded', () => {
    const answer = compare(
      { ...base, [file('top')]: policy('M', off) },
      { ...base, [file('top')]: dana('S1') },
    );
    expect(answer.acceptances).toMatchObject([
      { path: file('top'), change: 'added', before: null, after: { version: 'S1', acceptedBy: 'Dana' } },
    ]);
    expect(markdown(answer)).toContain('by Dana');
  });

  test('changed, and removed', () => {
    const changed = compare(base, { ...base, [file('top')]: dana('S1') });
    expect(changed.acceptances).toMatchObject([
      { change: 'changed', before: { acceptedBy: 'Jane Roe' }, after: { acceptedBy: 'Dana' } },
    ]);
    expect(compare(base, without(file('top'))).acceptances).toMatchObject([
      { change: 'removed', after: null },
    ]);
  });
});

describe('what guards the policies', () => {
  const exception = { rule: 'ksn-region-restricted', reason: 'Agreed with the board', approvedBy: 'Dana' };
  const settings = (more: object): ProjectFiles => ({
    ...base,
    [config]: managedBy('S1', { agents, ...more }),
  });
  const strict = { rules: { 'ksn-region-restricted': 'error' }, acceptance: { approvers: ['Dana'] } };

  test.each<[string, object, object, string[]]>([
    ['a rule is switched off', {}, { rules: { 'ksn-region-restricted': 'off' } }, ['severity weaker']],
    ['a rule is stricter', {}, { rules: { 'ksn-region-restricted': 'error' } }, ['severity']],
    ['a severity is gone', strict, { acceptance: strict.acceptance }, ['severity weaker']],
    ['anybody may accept', strict, { rules: strict.rules }, ['approvers', 'approvers weaker']],
    [
      'somebody else may accept',
      strict,
      { ...strict, acceptance: { approvers: ['Dana', 'Eve'] } },
      ['approvers weaker'],
    ],
    ['less evidence is asked for', {}, { acceptance: { evidence: ['acceptedBy'] } }, ['evidence weaker']],
    ['more evidence is asked for', { acceptance: { evidence: [] } }, {}, ['evidence', 'evidence']],
    ['files are left out', {}, { ignore: ['old/**'] }, ['ignore weaker']],
    ['files are no longer left out', { ignore: ['old/**'] }, {}, ['ignore']],
    ['an override sets nothing', {}, { overrides: [{ files: ['x/**'], rules: {} }] }, ['overrides']],
    ['a region is no longer restricted', {}, { restrictedRegions: [] }, ['surroundings weaker']],
    ['another region is restricted', {}, { restrictedRegions: ['US', 'FR'] }, ['surroundings']],
    ['groups are no longer listed', { administrationGroups: ['M'] }, {}, ['surroundings weaker']],
    [
      'other groups are listed',
      { administrationGroups: ['M'] },
      { administrationGroups: ['N'] },
      ['surroundings'],
    ],
    ['the Statement of the plug-in is gone', {}, { plugin: { version: '3.16' } }, ['surroundings weaker']],
    ['agents are gone', {}, { agents: [] }, ['surroundings weaker']],
    ['a rule that is none gets a level', {}, { rules: { 'ksn-no-such-rule': 'off' } }, []],
  ])('%s', (_, before, after, expected) => {
    expect(guards(compare(settings(before), settings(after)))).toEqual(expected);
  });

  test('exceptions, new and gone', () => {
    const excepted = { ...base, [file('top')]: policy('M', on('S1'), { exceptions: [exception] }) };
    const answer = compare(base, excepted);
    expect(guards(answer)).toEqual(['exception weaker']);
    expect(answer.guards[0]!.message).toContain('approved by Dana, without an end');
    expect(guards(compare(excepted, base))).toEqual(['exception']);
  });

  test('a config that goes', () => {
    expect(guards(compare(base, without(config)))).toEqual(['config weaker']);
    expect(guards(compare(without(config), base))).toEqual(['config']);
  });

  const override = (settings: object, files = ['x/**']) => ({ files, ...settings });
  const acceptance = { approvers: ['Dana'] };
  const level = (rule: string, severity: string) => ({ rules: { [rule]: severity } });
  const required = 'ksn-acceptance-required';

  test.each<[string, object[], object[], string[], object?]>([
    [
      'a new one that switches a rule off',
      [],
      [override(level(required, 'off'))],
      [`weaker: Files matching x/**: ${required} is off; it was at its default.`],
    ],
    [
      'one that goes, over the severity of the config',
      [override(level(required, 'off'))],
      [],
      [`Files matching x/**: ${required} is warning; it was off.`],
      level(required, 'warning'),
    ],
    [
      'one that lets others accept',
      [override({ acceptance })],
      [override({ acceptance: { approvers: ['Dana', 'Eve'] } })],
      ['weaker: Files matching x/**: Eve may accept the Statement.'],
    ],
    [
      'one that lets anyone accept whom the config does not let',
      [],
      [override({ acceptance: { approvers: [] } })],
      [
        'Files matching x/**: Dana may no longer accept the Statement.',
        'weaker: Files matching x/**: Anyone may accept the Statement.',
      ],
      { acceptance },
    ],
    [
      'others, which stay as they are, say nothing',
      [override(level(required, 'off')), override({ restrictedRegions: ['US'] }, ['y/**'])],
      [override(level(required, 'off')), override({ restrictedRegions: [] }, ['y/**', 'z/**'])],
      [
        'weaker: Files matching y/**: where another override matches, too, what it sets for restrictedRegions may count now.',
        'weaker: Files matching y/** or z/**: US is no longer a restricted region.',
        'weaker: Files matching y/** or z/**: where another override matched, too, what it set for restrictedRegions may count no longer.',
      ],
    ],
    [
      'two that change places',
      [override(level(required, 'off')), override(level(required, 'error'))],
      [override(level(required, 'error')), override(level(required, 'off'))],
      [
        `Files matching x/**: ${required} is error; it was off.`,
        `weaker: Files matching x/**: ${required} is off; it was error.`,
      ],
    ],
    [
      'two for other files that change places',
      [override(level(required, 'off')), override(level(required, 'error'), ['x/y/**'])],
      [override(level(required, 'error'), ['x/y/**']), override(level(required, 'off'))],
      ['weaker: The overrides stand in another order: where two match a file, the later one counts.'],
    ],
    [
      'a new one that is as the config is, over a stricter one',
      [override(level(required, 'error'))],
      [override(level(required, 'error')), override(level(required, 'off'), ['x/y/**'])],
      [
        `weaker: Files matching x/y/**: where another override matched, too, what it set for ${required} may count no longer.`,
      ],
      level(required, 'off'),
    ],
    [
      'a strict one that goes from above a laxer one',
      [override(level(required, 'off')), override(level(required, 'error'), ['x/y/**'])],
      [override(level(required, 'off'))],
      [
        `weaker: Files matching x/y/**: where another override matches, too, what it sets for ${required} may count now.`,
      ],
      level(required, 'error'),
    ],
    [
      'a new one that is stricter than those before it',
      [override(level(required, 'off'))],
      [override(level(required, 'off')), override(level(required, 'error'), ['x/y/**'])],
      [
        `Files matching x/y/**: where another override matched, too, what it set for ${required} may count no longer.`,
      ],
      level(required, 'error'),
    ],
  ])('overrides: %s', (_, before, after, expected, others = {}) => {
    const answer = compare(
      settings({ overrides: before, ...others }),
      settings({ overrides: after, ...others }),
    );
    expect(answer.guards.map(({ message, weakens }) => `${weakens ? 'weaker: ' : ''}${message}`)).toEqual(
      expected,
    );
  });

  test('whatever lowers a severity for some file is said to weaken', () => {
    const rules = fc.constantFrom(
      ...['off', 'warning', 'error'].map((severity) => level(required, severity)),
      {},
    );
    const files = fc.constantFrom('x/**', 'x/y/**', '**/a.kea-policy.json');
    const overrides = fc.array(
      fc.tuple(files, rules).map(([pattern, settings]) => override(settings, [pattern])),
      { maxLength: 3 },
    );
    const configs = fc.tuple(rules, overrides).map(([base, list]) => settings({ ...base, overrides: list }));
    const ranks = ['off', 'info', 'warning', 'error'];
    fc.assert(
      fc.property(configs, configs, (before, after) => {
        const isLowered = ['x/a', 'x/b', 'x/y/a', 'x/y/b', 'a'].some((name) => {
          const [was, is] = [before, after].map((files) =>
            ranks.indexOf(
              projectOf(files)
                .settings({ path: file(name), facts: undefined, problems: [] })
                .rules.get(required) ?? 'error',
            ),
          );
          return is! < was!;
        });
        if (isLowered) expect(guards(compare(before, after)).join()).toContain('weaker');
      }),
      { numRuns: 500 },
    );
  });

  describe('as much as fits into a config is no reason to stall', () => {
    const many = <T>(length: number, make: (i: number) => T): T[] =>
      Array.from({ length }, (_, i) => make(i));
    const compared = (config: (side: string) => object) =>
      compare(
        { 'kea-policy.config.json': JSON.stringify(config('a')) },
        { 'kea-policy.config.json': JSON.stringify(config('b')) },
      ).guards;

    test('overrides for the same files', () => {
      const overrides = many(30_000, () => override({ rules: {} }, ['x']));
      expect(compared((side) => ({ overrides, ignore: [side] }))).toHaveLength(2);
    });

    test('names in an override for many files', () => {
      const files = many(30_000, (i) => `x/${i}`);
      const guards = compared((side) => ({
        overrides: [override({ acceptance: { approvers: many(40_000, (i) => side + i) } }, files)],
      }));
      expect(guards).toHaveLength(80_000);
      expect(guards[0]!.message).toBe(
        'Files matching x/0 or x/1 or x/2 or x/3 or x/4 or one of 29,995 others: b0 may accept the Statement.',
      );
    });
  });

  const lax = { rules: { 'ksn-acceptance-required': 'off' }, ignore: ['old/**'], overrides: [] };

  test('a config that comes and makes the checks weaker', () => {
    expect(guards(compare(without(config), settings(lax)))).toEqual([
      'config',
      'severity weaker',
      'ignore weaker',
    ]);
  });

  test('the config of a project below, which comes or goes', () => {
    const outer = sideOf(base);
    const both = [...outer, ...sideOf({ [config]: lax }, 'sub')];
    expect(guards(diff(outer, both))).toEqual(['severity weaker', 'ignore weaker']);
    expect(diff(both, outer).guards).toMatchObject([
      { path: `sub/${config}`, what: 'config', weakens: true },
    ]);
  });

  test('a config that takes its folder out of the project', () => {
    const answer = compare(base, { ...base, 'sub/kea-policy.config.json': {} });
    expect(answer.guards).toMatchObject([
      { path: 'sub/kea-policy.config.json', what: 'config', weakens: true },
    ]);
  });
});

test('findings, new and gone, whatever lines they are on', () => {
  const faulty = { ...base, [file('x')]: policy('X', { enforcement: 'enforce', enabled: true }) };
  const answer = compare(base, faulty);
  expect(answer.newFindings.map(({ rule, path }) => `${path} ${rule}`)).toEqual([
    `${file('x')} ksn-acceptance-required`,
  ]);
  expect(compare(faulty, base).goneFindings).toHaveLength(1);
  const moved = { ...faulty, [file('x')]: `\n\n${textOf(faulty[file('x')])}` };
  expect(compare(faulty, moved)).toMatchObject({ newFindings: [], goneFindings: [] });
});

test('what files hold is escaped in Markdown', () => {
  const hostile = policy('M', off, { name: '<img src=x> @team [x](http://evil) `a` | b\n# c' });
  const text = markdown(compare(base, { ...base, [file('top')]: hostile }));
  expect(text).not.toMatch(/(?<!\\)<img|@team|(?<!\\)\]\(|http:|\n# c/);
});

test('what is left out since nothing can have changed has not changed', () => {
  fc.assert(
    fc.property(worlds, fc.nat(), fc.boolean(), worlds, (world, at, gone, other) => {
      const paths = Object.keys(world.documents);
      const path = paths[at % Math.max(1, paths.length)];
      if (path === undefined) return;
      const after = projectOf({ ...world.documents, [config]: world.config });
      const value = Object.values(other.documents)[0];
      const replaced = projectOf({
        ...Object.fromEntries(Object.entries(world.documents).filter(([name]) => name !== path)),
        ...(!gone && value && { [path]: value }),
        [config]: world.config,
      });
      // The same objects where the files are the same, as when revisions are compared.
      const documents = [...replaced.documents].map((document) =>
        document.path === path ? document : after.document(document.path)!,
      );
      const before = new Project(after.root, after.config, documents);
      const side = (project: Project): Side => [{ project, findings: [], prefix: '' }];
      const skipping = diff(side(before), side(after));
      expect(mayDiffer(before, after)).toBeDefined();
      expect(mayDiffer(replaced, after)?.size ?? paths.length).toBeGreaterThanOrEqual(
        mayDiffer(before, after)!.size,
      );
      expect(skipping).toEqual(diff(side(replaced), side(after)));
    }),
    { numRuns: 150 },
  );
});
