import { describe, expect, test } from 'vitest';
import { answer, ksnOn, surroundings } from './answers';
import { folderWith, policy, put, run } from './command';

interface Effective {
  readonly projects: {
    readonly root: string;
    readonly unreadable: readonly string[];
    readonly documents: {
      readonly path: string;
      readonly kind: string;
      readonly state: string;
      readonly decidedBy: string | null;
      readonly settings: { readonly enabled: boolean | null };
      readonly agents: {
        readonly hosts: number | null;
        readonly outcome: string;
        readonly atRisk: boolean;
      }[];
      readonly reasons: { readonly path: string; readonly role: string; readonly because: string }[];
    }[];
  }[];
}

const files = {
  'kea-policy.config.json': surroundings('S0'),
  'top.kea-policy.json': policy({
    name: 'Top',
    inheritance: { forceInChildren: true },
    ksn: ksnOn(),
  }),
  'sub/low.kea-policy.json': policy({
    name: 'Low',
    administrationGroup: 'Managed devices/Low',
    inheritance: { inheritFromParent: false },
  }),
  'sub/host.kea-policy.json': {
    kind: 'device',
    name: 'HOST-1',
    administrationGroup: 'Managed devices/Low',
    agent: { version: '3.16', statementVersion: 'S1' },
    ksn: { enabled: false },
  },
  'sub/own/kea-policy.config.json': {},
  'sub/own/alone.kea-policy.json': policy({ name: 'Alone' }),
};

describe('effective', () => {
  test('names the files of which nothing can be said', () => {
    const folder = folderWith({ ...files, 'sub/broken.kea-policy.json': '[]', 'bad.kea-policy.json': '' });
    const { projects } = answer<Effective>(folder, 'effective', ['effective']);
    expect(projects[0]!.unreadable).toEqual(['bad.kea-policy.json', 'sub/broken.kea-policy.json']);
    const { stdout } = run(folder, ['effective', 'sub']);
    expect(stdout).toMatch(/Not readable, .*\n\n {2}- sub\/broken\.kea-policy\.json\n$/);
    for (const command of ['effective', 'runbook']) {
      expect(run(folder, [command, 'bad.kea-policy.json', 'sub/broken.kea-policy.json'])).toMatchObject({
        status: 3,
        stderr:
          'kea-policy: bad.kea-policy.json cannot be read as a policy or device (nor can 1 other file): kea-policy validate says why\n',
      });
    }
  });

  test('says for all documents what holds, of every project', () => {
    const { projects, status } = answer<Effective>(folderWith(files), 'effective', ['effective']);
    expect(status).toBe(0);
    expect(projects.map(({ root, documents }) => [root, documents.map(({ path }) => path)])).toEqual([
      ['.', ['sub/host.kea-policy.json', 'sub/low.kea-policy.json', 'top.kea-policy.json']],
      ['sub/own', ['alone.kea-policy.json']],
    ]);
    const [host, low, top] = projects[0]!.documents;
    expect(top!.agents.map(({ hosts, outcome, atRisk }) => [hosts, outcome, atRisk])).toEqual([
      [40, 'on', true],
      [2, 'switched-off', false],
      [1, 'on', true],
    ]);
    expect([host!.decidedBy, low!.decidedBy]).toEqual(['top.kea-policy.json', 'top.kea-policy.json']);
    expect(host!.settings.enabled).toBe(true);
  });

  test('says why: who decided, who lost, what forced it', () => {
    const { projects } = answer<Effective>(folderWith(files), 'effective', [
      'effective',
      'sub/low.kea-policy.json',
    ]);
    const { reasons } = projects[0]!.documents[0]!;
    expect(reasons.map(({ role, path }) => `${role} ${path}`)).toEqual([
      'decides top.kea-policy.json',
      'context top.kea-policy.json',
      'lost sub/low.kea-policy.json',
    ]);
    expect(reasons[1]!.because).toBe(
      '"Top" forces inheritance, so that "Low" inherits although it declines to.',
    );
    expect(reasons[2]!.because).toContain('enabled is false here and true there');
  });

  test('does not depend on which files are named, or from where', () => {
    const folder = folderWith(files);
    const all = answer<Effective>(folder, 'effective', ['effective']).projects[0]!.documents;
    const one = answer<Effective>(folder, 'effective', ['effective', 'sub/host.kea-policy.json']);
    expect(one.projects[0]!.documents).toEqual([all[0]]);
    const below = answer<Effective>(`${folder}/sub`, 'effective', ['effective', 'host.kea-policy.json']);
    expect(below.projects[0]!.root).toBe('..');
    expect(below.projects[0]!.documents).toEqual([all[0]]);
  });

  test('reads well, in a terminal and as Markdown', () => {
    const folder = folderWith(files);
    const { stdout } = run(folder, ['effective', 'sub/host.kea-policy.json']);
    expect(stdout).toContain('Decided by          top.kea-policy.json');
    expect(stdout).toContain('at risk: KSN is switched off in the policy too');
    expect(run(folder, ['effective', '--format', 'markdown', 'sub']).stdout).toContain('## Device HOST-1');
    expect(run(folder, ['effective', '--color']).stdout).toContain('\u001b[1m');
    expect(run(folder, ['effective', '--color', '--no-color']).stdout).not.toContain('\u001b');
  });

  test.each([
    [['nowhere.kea-policy.json'], 2, 'there is no file or folder nowhere.kea-policy.json'],
    [['--format', 'jsn'], 2, 'did you mean json?'],
    [['--fromat', 'json'], 2, 'did you mean --format?'],
    [['--config', 'missing.json'], 2, 'the config missing.json cannot be read'],
  ])('%j ends with %i', (args, status, expected) => {
    const result = run(folderWith(files), ['effective', ...args]);
    expect([result.status, result.stdout]).toEqual([status, '']);
    expect(result.stderr).toContain(expected);
  });

  test('where there is nothing, ends with 3', () => {
    const { status, stdout, stderr } = run(folderWith({ 'a.txt': 'a' }), ['effective']);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain('no policy or device found');
  });

  test('--config holds for everything below it', () => {
    const folder = folderWith(files);
    const { projects } = answer<Effective>(folder, 'effective', [
      'effective',
      '--config',
      'kea-policy.config.json',
    ]);
    expect(projects.map(({ root }) => root)).toEqual(['.']);
    expect(projects[0]!.documents).toHaveLength(4);
  });

  test('a file that is named is answered, ignored or not', () => {
    const folder = folderWith(files);
    put(folder, { 'kea-policy.config.json': { ignore: ['sub/low*'] } });
    const { stdout, status } = run(folder, ['effective', 'sub/low.kea-policy.json']);
    expect(status).toBe(0);
    expect(stdout).toContain('Policy Low');
  });
});
