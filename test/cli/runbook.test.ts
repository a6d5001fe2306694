import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ksnOn } from './answers';
import { folderWith, policy, put, run } from './command';
import { repositoryWith } from './repository';

const on = (more: object = {}): object => policy({ ksn: ksnOn(more) });
const files = {
  'kea-policy.config.json': { plugin: { version: '3.16', statementVersion: 'S1' } },
  'top.kea-policy.json': on(),
  'other.kea-policy.json': policy({ name: 'Other', administrationGroup: 'Other' }),
};
const boxes = (text: string): number => text.split('\n').filter((line) => line.startsWith('- [ ] ')).length;

describe('runbook', () => {
  test('of files: all of their steps', () => {
    const { status, stdout, stderr } = run(folderWith(files), ['runbook', 'top.kea-policy.json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('## Policy Workstations');
    expect(stdout).toContain('Derived from top.kea-policy.json. The console was not touched');
    expect(stdout).toContain('check that it is version **S1**');
    expect(stdout).not.toContain('Policy Other');
  });

  test('--since: what is new, other and gone, with what differs alone', () => {
    const folder = repositoryWith({
      ...files,
      'gone.kea-policy.json': policy({ name: 'Gone', administrationGroup: 'G' }),
    });
    expect(run(folder, ['runbook', '--since', 'HEAD']).stdout).toContain('Nothing to do');
    put(folder, {
      'top.kea-policy.json': on({ useKscAsKsnProxy: true }),
      'new.kea-policy.json': policy({ name: 'New', administrationGroup: 'N' }),
    });
    rmSync(join(folder, 'gone.kea-policy.json'));
    const { stdout } = run(folder, ['runbook', '--since', 'HEAD']);
    expect([...stdout.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Policy Gone, removed',
      'Policy New',
      'Policy Workstations',
    ]);
    const [, gone, fresh, changed] = stdout.split('## ');
    expect(gone).toContain('does not switch KSN off');
    expect(fresh).toContain('Create a policy');
    expect(changed).toContain('**Use Kaspersky Security Center as a KSN proxy server**');
    expect(changed).not.toContain('Statement is shown');
    expect(boxes(changed!)).toBe(3);
    expect(run(folder, ['runbook', '--since', 'HEAD']).stdout).toBe(stdout);
  });

  test('--since: a file that was only moved is nothing to do', () => {
    const folder = repositoryWith(files);
    rmSync(join(folder, 'top.kea-policy.json'));
    put(folder, { 'moved.kea-policy.json': on() });
    expect(run(folder, ['runbook', '--since', 'HEAD']).stdout).toContain('Nothing to do');
  });

  test('--since: a plug-in with another Statement makes acceptance due in policies that stayed', () => {
    const folder = repositoryWith(files);
    put(folder, { 'kea-policy.config.json': { plugin: { version: '4.0', statementVersion: 'S2' } } });
    const { stdout } = run(folder, ['runbook', '--since', 'HEAD']);
    expect(stdout).toContain('check that it is version **S2**');
    expect(stdout).not.toContain('Policy Other');
  });

  test.each([
    [[], 'runbook needs a file, or --since REV'],
    [['--since', 'HEAD', 'top.kea-policy.json'], 'not both'],
    [['--since', 'nothing'], 'git knows no revision nothing'],
    [['--sinse', 'HEAD'], 'did you mean --since?'],
    [['tpo.kea-policy.json'], 'there is no file or folder tpo.kea-policy.json'],
  ])('%j ends with 2', (args, expected) => {
    const { status, stdout, stderr } = run(repositoryWith(files), ['runbook', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });

  test('where there is nothing, ends with 3', () => {
    expect(run(folderWith({ 'a.txt': 'a' }), ['runbook', '.']).status).toBe(3);
  });
});
