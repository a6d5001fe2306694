import { describe, expect, test } from 'vitest';
import {
  runbookFor,
  runbookForRemoved,
  runbookMarkdown,
  type Runbook,
} from '../../server/src/insight/runbook';
import { accepted, config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { projectOf, type ProjectFiles } from '../rules/harness';

type Before = object | null | undefined;
const top = file('top');

/** The runbook of one document; `before` as the console has it. */
function runbook(
  document: object,
  before?: Before,
  settings: object = managedBy('S1'),
  more: ProjectFiles = {},
): Runbook {
  const project = projectOf({ ...more, [top]: document, [config]: settings });
  const earlier = before && projectOf({ [top]: before }).document(top)!.facts;
  return runbookFor(project, project.document(top)!, before === null ? null : earlier)!;
}
/** Its steps, each by the words that tell it from others. */
function steps(runbook: Runbook): string[] {
  const words: [RegExp, string][] = [
    [/^Open the properties/, 'open'],
    [/^Create a policy/, 'create'],
    [/^Set the policy status to \*\*(\S+)\*\*/, 'status'],
    [/Inherit settings/, 'inherit'],
    [/Force inheritance/, 'force'],
    [/select \*\*Enable KSN usage/, 'enable'],
    [/clear \*\*Enable KSN usage/, 'disable'],
    [/KSN Statement is shown/, 'statement'],
    [/KSN proxy server/, 'proxy'],
    [/settings group to \*\*Enforce/, 'enforce'],
    [/settings group to \*\*Undefined/, 'undefined'],
    [/^\*\*Save\*\*/, 'save'],
  ];
  return runbook.steps.map(({ text }) => words.find(([pattern]) => pattern.test(text))?.[1] ?? text);
}

describe('the steps of a policy', () => {
  test('that the console has not: all that is other than in a new one', () => {
    expect(steps(runbook(policy('M', on('S1')), null))).toEqual([
      'create',
      'status',
      'enable',
      'statement',
      'proxy',
      'enforce',
      'save',
    ]);
  });

  test('that stays as it was: none', () => {
    const same = policy('M', on('S1'));
    expect(steps(runbook(same, same))).toEqual([]);
    expect(runbookMarkdown([runbook(same, same)], 'it')).toContain('Nothing to do');
  });

  test.each<[string, object, object, string[]]>([
    ['KSN off', off, on('S1'), ['disable']],
    ['KSN on, which needs the Statement', on('S1'), off, ['enable', 'statement']],
    ['KSC as proxy', { ...off, useKscAsKsnProxy: true }, off, ['proxy']],
    ['the switch', { ...off, enforcement: 'undefined' }, off, ['undefined']],
    ['another Statement', on('S1'), on('S0'), ['statement']],
  ])('that changes %s: that alone', (_, now, before, expected) => {
    expect(steps(runbook(policy('M', now), policy('M', before)))).toEqual(['open', ...expected, 'save']);
  });

  test('that changes status and inheritance', () => {
    const now = policy('M', off, {
      status: 'outOfOffice',
      inheritance: { inheritFromParent: false, forceInChildren: true },
    });
    expect(steps(runbook(now, policy('M', off)))).toEqual(['open', 'status', 'inherit', 'force', 'save']);
    expect(runbook(now, policy('M', off)).steps[1]!.text).toContain('Out-of-office');
  });

  test('review the Statement only where that is due', () => {
    const same = policy('M', { ...on('S1'), useKscAsKsnProxy: true });
    expect(steps(runbook(same, policy('M', on('S1'))))).toEqual(['open', 'proxy', 'save']);
    // The plug-in carries another one now: it can't be saved without.
    const due = runbook(same, policy('M', on('S1')), managedBy('S2'));
    expect(steps(due)).toEqual(['open', 'statement', 'proxy', 'save']);
    expect(due.obstacles.join()).toContain('accepted again');
    expect(steps(runbook(policy('M', off), null))).not.toContain('statement');
  });

  test('never record or promise an acceptance', () => {
    const unaccepted = runbook(policy('M', { enforcement: 'enforce', enabled: true }), null);
    expect(unaccepted.obstacles.join()).toContain('records no acceptance');
    const statement = runbook(policy('M', on('S1')), null).steps.find(({ text }) =>
      text.includes('Statement'),
    )!;
    expect(statement.notes.join()).toContain('does not perform it here');
    expect(statement.text).toContain('if you are the one who may');
  });

  test('say first what enabling KSN means for data', () => {
    const enable = runbook(policy('M', on('S1')), null).steps.find(({ text }) =>
      text.includes('Enable KSN usage'),
    )!;
    expect(enable.notes.join()).toContain('statistics are sent to the vendor automatically');
  });

  test('say that a parent forces its settings', () => {
    const child = policy('M/A', on('S1'));
    const parent = { [file('parent')]: policy('M', off, { inheritance: { forceInChildren: true } }) };
    expect(runbook(child, null, managedBy('S1'), parent).obstacles.join()).toContain('forces inheritance');
  });

  test('say that the version of the Statement is not known', () => {
    const { steps } = runbook(policy('M', on('S1')), null, {});
    expect(steps.flatMap(({ notes }) => notes).join()).toContain('is not known to the project');
  });
});

test('a device has neither switch nor status', () => {
  const own = device('M', { enabled: true, useKscAsKsnProxy: true, statement: accepted('S1') }, 'S1');
  expect(steps(runbook(own))).toEqual(['open', 'enable', 'statement', 'proxy', 'save']);
  expect(runbook(own).steps[0]!.text).toContain('application properties of Kaspersky Endpoint Agent');
});

test('a removed policy says that nothing is switched off by that', () => {
  const project = projectOf({ [top]: policy('M', on('S1')) });
  const { steps, title } = runbookForRemoved(top, project.document(top)!.facts!);
  expect(title).toContain('removed');
  expect(steps[0]!.notes.join()).toContain('does not switch KSN off');
});

describe('the document', () => {
  test('says what it is derived from, and that the console was not touched', () => {
    const markdown = runbookMarkdown([runbook(policy('M', on('S1')), null)], 'one file');
    expect(markdown).toMatch(/^# Runbook/);
    expect(markdown).toContain('Derived from one file. The console was not touched');
    const boxes = markdown.split('\n').filter((line) => line.startsWith('- [ ] '));
    expect(boxes).toHaveLength(7);
    expect(boxes.at(-1)).toBe('- [ ] **Save** the policy.');
  });

  test('escapes what files hold', () => {
    const hostile = '<b>\n- [x] done** @ops';
    const markdown = runbookMarkdown([runbook(policy(hostile, on('S1'), { name: hostile }), null)], 'it');
    expect(markdown).not.toMatch(/(?<!\\)<b>|\n- \[x\]|@ops/);
  });
});
