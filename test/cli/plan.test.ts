import { describe, expect, test } from 'vitest';
import { answer, ksnOn, surroundings } from './answers';
import { folderWith, policy, run } from './command';
import { snapshot } from './repository';

interface Plan {
  readonly projects: {
    readonly root: string;
    readonly due: { readonly path: string }[];
    readonly lossless: boolean;
    readonly orders: { readonly lost: { readonly hosts: number } }[];
  }[];
}

const files = {
  'kea-policy.config.json': surroundings('S1'),
  'top.kea-policy.json': policy({ ksn: ksnOn() }),
};

describe('plan', () => {
  test('answers, and writes nothing', () => {
    const folder = folderWith(files);
    const before = snapshot(folder);
    const args = ['plan', '--plugin', '4.0=S2', '--agent', '3.14:4.0=S2', '--agent', '3.16:4.0=S2'];
    const { projects, status } = answer<Plan>(folder, 'plan', args);
    expect(status).toBe(0);
    expect(projects).toMatchObject([{ root: '.', lossless: false, due: [{ path: 'top.kea-policy.json' }] }]);
    expect(projects[0]!.orders.map(({ lost }) => lost.hosts)).toEqual(projects[0]!.orders.map(() => 42));
    expect(snapshot(folder)).toEqual(before);
  });

  test('an update that loses none says so', () => {
    const folder = folderWith(files);
    const { projects } = answer<Plan>(folder, 'plan', ['plan', '--agent', '4.0=S1']);
    expect(projects[0]!.lossless).toBe(true);
    expect(run(folder, ['plan', '--agent', '4.0=S1']).stdout).toContain('In this order no host loses KSN');
  });

  test('reads well as text and as Markdown', () => {
    const folder = folderWith(files);
    const { stdout } = run(folder, ['plan', '--agent=3.14:4.0=S2']);
    expect(stdout).toContain('Agents 3.14 to 4.0 with Statement S2');
    expect(stdout).toContain('KSN is switched off on 2 hosts');
    expect(stdout).toContain('40 hosts beside them would then probably lose KSN, too');
    expect(run(folder, ['plan', '--plugin', '4.0', '--format', 'markdown']).stdout).toContain(
      '# What the update would do',
    );
  });

  test.each([
    [[], 'plan needs something to update'],
    [['--plugin', 'latest'], 'latest is no version'],
    [['--plugin', '4.0='], 'a Statement version is missing behind the ='],
    [['--agent', '3:4.0'], '3 is no version of an agent'],
    [['--agent', ':4.0'], 'nothing is no version of an agent'],
    [['--agent', '3.16:'], '--agent 3.16:: a version to update to is missing'],
    [['--agent', '3.16:4.0='], '--agent 3.16:4.0=: a Statement version is missing behind the ='],
    [['--agnet', '4.0'], 'did you mean --agent?'],
    [['--agent'], 'needs a value'],
    [
      ['--agent', '1.1', '--agent', '1.2', '--agent', '1.3', '--agent', '1.4', '--agent', '1.5'],
      'at most 4 --agent',
    ],
    [['--plugin', '4.0', 'missing'], 'there is no file or folder missing'],
  ])('%j ends with 2', (args, expected) => {
    const { status, stdout, stderr } = run(folderWith(files), ['plan', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });

  test('where there is nothing, ends with 3', () => {
    expect(run(folderWith({ 'a.txt': 'a' }), ['plan', '--plugin', '4.0']).status).toBe(3);
  });

  test('a Statement may have = and : in it', () => {
    const folder = folderWith(files);
    const { projects } = answer<Plan>(folder, 'plan', ['plan', '--plugin', '4.0=a=b:c']);
    expect(JSON.stringify(projects)).toContain('"a=b:c"');
    expect(run(folder, ['plan', '--agent', '4.0=a:b']).stdout).toContain('with Statement a:b');
  });
});
