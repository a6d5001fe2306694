import { parse } from 'csv-parse/sync';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, ksnOn } from './answers';
import { folderWith, policy, put, read, run } from './command';

interface Report {
  readonly projects: {
    readonly root: string;
    readonly documents: { readonly path: string }[];
    readonly findings: { readonly error: number };
    readonly losing: { readonly hosts: number };
  }[];
}

const files = {
  'kea-policy.config.json': {
    plugin: { version: '3.16', statementVersion: 'S1' },
    agents: [{ version: '3.16', statementVersion: 'S0', hosts: 1200 }],
  },
  'top.kea-policy.json': policy({ ksn: ksnOn() }),
  'sub/low.kea-policy.json': policy({ name: '=cmd|x', administrationGroup: 'Managed devices/"a", b' }),
};
const now = ['--now', '2026-11-23T12:00:00Z'];

describe('report', () => {
  test('as json, with what validate finds', () => {
    const folder = folderWith(files);
    const { projects, status } = answer<Report>(folder, 'estate', ['report']);
    expect(status).toBe(0);
    expect(projects[0]).toMatchObject({ root: '.', losing: { hosts: 1200 } });
    const { summary } = JSON.parse(run(folder, ['validate', '--format', 'json', ...now]).stdout) as {
      summary: { error: number };
    };
    expect(projects[0]!.findings.error).toBe(summary.error);
  });

  test('of a part is of the whole project, so that its figures add up', () => {
    const folder = folderWith(files);
    expect(run(folder, ['report', 'sub', ...now]).stdout).toBe(run(folder, ['report', ...now]).stdout);
  });

  test('as csv has a row for each document, and no cell that a spreadsheet would run', () => {
    const { stdout } = run(folderWith(files), ['report', '--format', 'csv']);
    const rows = parse(stdout, { columns: true }) as unknown as Record<string, string>[];
    expect(rows.map(({ path, name, state, hosts }) => [path, name, state, hosts])).toEqual([
      ['sub/low.kea-policy.json', "'=cmd|x", 'switched-off', '1200'],
      ['top.kea-policy.json', 'Workstations', 'switched-off', '1200'],
    ]);
    expect(rows[0]!.administrationGroup).toBe('Managed devices/"a", b');
    expect(stdout).toMatch(/\r\n$/);
  });

  test('as csv counts a device once that an entry of the config counts already', () => {
    const device = (version: string) => ({
      kind: 'device',
      name: `PC ${version}`,
      administrationGroup: 'Managed devices',
      agent: { version, statementVersion: 'S0' },
      ksn: {},
    });
    const folder = folderWith({
      ...files,
      'counted.kea-policy.json': device('3.16'),
      'other.kea-policy.json': device('3.15'),
    });
    const { stdout } = run(folder, ['report', '--format', 'csv']);
    const rows = parse(stdout, { columns: true }) as unknown as Record<string, string>[];
    expect(Object.fromEntries(rows.map(({ path, hosts }) => [path, hosts]))).toEqual({
      'counted.kea-policy.json': '1',
      'other.kea-policy.json': '1',
      'sub/low.kea-policy.json': '1200',
      'top.kea-policy.json': '1201',
    });
  });

  test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('no formula: %j', (name) => {
    const { stdout } = run(folderWith({ 'a.kea-policy.json': policy({ name }) }), [
      'report',
      '--format',
      'csv',
    ]);
    const rows = parse(stdout, { columns: true }) as unknown as Record<string, string>[];
    expect(rows[0]!.name).toBe(`'${name}`);
  });

  test('as csv has nothing that a terminal would obey', () => {
    const folder = folderWith({ 'a.kea-policy.json': policy({ name: 'a\u001b[31m\u202eb\nc' }) });
    const { stdout } = run(folder, ['report', '--format', 'csv']);
    expect(stdout).toContain('"a\\u001b[31m\\u202eb\nc"');
  });

  test('as a table and as Markdown says the same', () => {
    const folder = folderWith(files);
    for (const format of ['table', 'markdown']) {
      const { stdout } = run(folder, ['report', '--format', format, ...now]);
      expect(stdout).toContain('Hosts about to lose KSN: 1,200 hosts; at risk beside them: no host');
    }
  });

  test('as a page in a file links from there; the page is the same every time', () => {
    const folder = folderWith(files);
    mkdirSync(join(folder, 'out'));
    const page = (file: string): string => {
      expect(run(folder, ['report', '--format', `html=${file}`, ...now])).toMatchObject({
        status: 0,
        stdout: '',
      });
      return read(folder, file);
    };
    expect(page('out/page.html')).toContain('href="../sub/low.kea-policy.json"');
    expect(page('page.html')).toContain('href="sub/low.kea-policy.json"');
    expect(page('page.html')).toBe(page('page.html'));
    // Where it will be is not known: no link is better than a wrong one.
    expect(run(folder, ['report', '--format', 'html', ...now]).stdout).not.toMatch(/<a href="(?!#)/);
  });

  test('any format goes into a file', () => {
    const folder = folderWith(files);
    expect(run(folder, ['report', '--format', 'csv=out.csv'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(read(folder, 'out.csv')).toContain('top.kea-policy.json');
  });

  test('a file that cannot be written is said, without what the system calls it', () => {
    const result = run(folderWith(files), ['report', '--format', 'html=sub']);
    expect([result.status, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toBe('kea-policy: cannot write sub: illegal operation on a directory\n');
  });

  test('several projects are told apart', () => {
    const folder = folderWith({
      ...files,
      'own/kea-policy.config.json': {},
      'own/a.kea-policy.json': policy(),
    });
    const { projects } = answer<Report>(folder, 'estate', ['report']);
    expect(projects.map(({ root }) => root)).toEqual(['.', 'own']);
    expect(run(folder, ['report', '--format', 'html']).stdout).toContain('<h2>own</h2>');
  });

  test.each([
    [['--format', 'htm'], 'did you mean html?'],
    [['--format', 'html='], 'needs a file behind the ='],
    [['--format', 'html=no/such/\u0000'], 'cannot write'],
    [['nowhere'], 'there is no file or folder nowhere'],
  ])('%j ends with 2', (args, expected) => {
    const folder = folderWith(files);
    const [first, second = ''] = args;
    if (second.includes('\u0000')) {
      put(folder, { file: 'x' });
      const { status, stderr } = run(folder, ['report', '--format', 'html=file/page.html']);
      expect([status, stderr]).toEqual([2, expect.stringContaining(expected)]);
      expect(existsSync(join(folder, 'file/page.html'))).toBe(false);
      return;
    }
    const { status, stdout, stderr } = run(folder, ['report', ...args]);
    expect([first, status, stdout]).toEqual([first, 2, '']);
    expect(stderr).toContain(expected);
  });

  test('where there is nothing, ends with 3', () => {
    expect(run(folderWith({ 'a.txt': 'a' }), ['report']).status).toBe(3);
  });
});

// Each begins so many units later: some parts end between the halves of a character.
test.each([0, 1, 2, 3])(
  'characters of two units are whole wherever a large answer is parted (%d)',
  (shift) => {
    const name = (i: number): string => `${i}${'😀'.repeat(90)}`;
    const files = Array.from({ length: 1200 }, (_, i) => [`${i}.kea-policy.json`, policy({ name: name(i) })]);
    const first = `${'-'.repeat(1 + shift)}.kea-policy.json`;
    const estate = Object.fromEntries([...files, [first, policy({ name: '0' })]]) as Record<string, object>;
    const { stdout } = run(folderWith(estate), ['report', '--format', 'csv']);
    const names = stdout
      .split('\r\n')
      .slice(2, -1)
      .map((row) => row.split(',')[2]!);
    expect(names.filter((each) => each !== name(parseInt(each)))).toEqual([]);
    expect(names).toHaveLength(1200);
  },
);
