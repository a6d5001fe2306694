import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { answer, ksnOn } from './answers';
import { folderWith, policy, put, read, run } from './command';
import { commit, git, repositoryWith, snapshot } from './repository';

interface Diff {
  readonly documents: {
    readonly path: string;
    readonly from?: string;
    readonly change: string;
    readonly hosts: { readonly effect: string; readonly before: string; readonly after: string }[];
  }[];
  readonly acceptances: { readonly path: string; readonly change: string }[];
  readonly guards: { readonly path: string; readonly what: string; readonly weakens: boolean }[];
  readonly newFindings: { readonly path: string; readonly rule: string; readonly line: number }[];
  readonly goneFindings: { readonly rule: string }[];
  readonly lost: { readonly hosts: number };
  readonly gained: { readonly hosts: number };
}

const on = policy({ ksn: ksnOn() });
const off = policy();
const config = {
  plugin: { version: '3.16', statementVersion: 'S1' },
  agents: [{ version: '3.16', statementVersion: 'S1', hosts: 40 }],
};
const top = 'top.kea-policy.json';
const files = { [top]: on, 'kea-policy.config.json': config };

const diff = (cwd: string, ...args: string[]) => answer<Diff>(cwd, 'diff', ['diff', ...args]);
const changed = ({ documents }: Diff): string[] => documents.map(({ path, change }) => `${path} ${change}`);

describe('what is compared', () => {
  test('the working tree with HEAD, a revision with it, two revisions', () => {
    const folder = repositoryWith(files);
    expect(changed(diff(folder))).toEqual([]);
    put(folder, { [top]: off });
    expect(changed(diff(folder))).toEqual([`${top} changed`]);
    expect(changed(diff(folder, 'HEAD'))).toEqual([`${top} changed`]);
    commit(folder, { 'more.kea-policy.json': policy({ name: 'More', administrationGroup: 'Other' }) });
    expect(changed(diff(folder, 'HEAD~1', 'HEAD'))).toEqual(['more.kea-policy.json added', `${top} changed`]);
    expect(changed(diff(folder, 'HEAD', 'HEAD~1'))).toEqual([
      'more.kea-policy.json removed',
      `${top} changed`,
    ]);
    expect(changed(diff(folder, 'HEAD~1'))).toEqual(['more.kea-policy.json added', `${top} changed`]);
    expect(diff(folder, 'HEAD~1', 'HEAD')).toMatchObject({ lost: { hosts: 40 }, gained: { hosts: 0 } });
  });

  test('on a Node as old as that of VS Code 1.91, which can not be asked for its parts', () => {
    const folder = repositoryWith(files);
    put(folder, { [top]: off });
    const older = join(folderWith({ 'older.cjs': 'delete process.getBuiltinModule;' }), 'older.cjs');
    const { status, stdout, stderr } = run(folder, ['diff', '--format', 'json'], {
      env: { NODE_OPTIONS: `--require "${older.replaceAll('\\', '/')}"` },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(changed(JSON.parse(stdout) as Diff)).toEqual([`${top} changed`]);
  });

  test('many files, by way of a file of which nothing is left, or without one where there is no place for it', () => {
    const device = (i: number): object => ({
      kind: 'device',
      name: `PC ${i}`,
      administrationGroup: 'Managed devices',
      agent: { version: '3.16', statementVersion: 'S1' },
      ksn: {},
    });
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`${i}.kea-policy.json`, device(i)]),
    );
    const folder = repositoryWith({ ...files, ...many });
    commit(folder, { 'new.kea-policy.json': device(7) });
    const places = folderWith({ 'a.txt': '' });
    const compared = ['diff', 'HEAD~1', 'HEAD', '--format', 'json'];
    const spooled = run(folder, compared, { env: { TMPDIR: places } });
    expect(readdirSync(places)).toEqual(['a.txt']);
    const { documents, newFindings } = JSON.parse(spooled.stdout) as Diff;
    expect(documents.map(({ path }) => path)).toEqual(['new.kea-policy.json']);
    expect(newFindings.map(({ path, rule }) => [path, rule])).toEqual([
      ['7.kea-policy.json', 'name-duplicate'],
      ['new.kea-policy.json', 'name-duplicate'],
    ]);
    const piped = run(folder, compared, { env: { TMPDIR: join(places, 'none') } });
    expect([piped.status, piped.stdout]).toEqual([0, spooled.stdout]);
  });

  test('a change that is staged or committed is the same as one that is not', () => {
    const folder = repositoryWith(files);
    put(folder, { [top]: off });
    const loose = diff(folder);
    git(folder, 'add', '--all');
    expect(diff(folder)).toEqual(loose);
    git(folder, 'commit', '--quiet', '--message', 'x');
    expect(diff(folder, 'HEAD~1')).toEqual(loose);
    expect(diff(folder, 'HEAD~1', 'HEAD')).toEqual(loose);
    expect(changed(diff(folder))).toEqual([]);
  });

  test('a file that git no longer tracks, or never did', () => {
    const folder = repositoryWith(files);
    git(folder, 'rm', '--quiet', '--cached', top);
    put(folder, { [top]: off, 'new.kea-policy.json': policy({ name: 'New', administrationGroup: 'N' }) });
    expect(changed(diff(folder))).toEqual(['new.kea-policy.json added', `${top} changed`]);
  });

  test('of two folders: what is in one of them only is named where it is', () => {
    const folder = folderWith({ 'a/gone.kea-policy.json': on, 'b/come.kea-policy.json': off });
    const { stdout } = run(folder, ['diff', 'a', 'b']);
    expect(stdout).toContain('a/gone.kea-policy.json');
    expect(stdout).toContain('b/come.kea-policy.json');
    expect(stdout).not.toMatch(/b\/gone|a\/come/);
  });

  test('two folders', () => {
    const folder = folderWith({
      ...Object.fromEntries(Object.entries(files).map(([name, value]) => [`a/${name}`, value])),
      ...Object.fromEntries(
        Object.entries({ ...files, [top]: off }).map(([name, value]) => [`b/${name}`, value]),
      ),
    });
    const answered = diff(folder, 'a', 'b');
    expect(answered).toMatchObject({ lost: { hosts: 40 } });
    expect(changed(answered)).toEqual([`${top} changed`]);
    expect(run(folder, ['diff', 'a', 'b']).stdout).toContain('b/top.kea-policy.json');
  });

  test('two checkouts: what git ignores is ignored in the projects below them, too', () => {
    const inner = {
      '.gitignore': 'old.*\n',
      'sub/kea-policy.config.json': config,
      'sub/old.kea-policy.json': on,
    };
    const folder = folderWith({ 'a/.git/HEAD': '', 'b/.git/HEAD': '' });
    for (const side of ['a', 'b']) put(join(folder, side), inner);
    put(folder, { 'b/sub/old.kea-policy.json': off });
    expect(changed(diff(folder, 'a', 'b'))).toEqual([]);
  });

  test('a folder with a revision', () => {
    const folder = repositoryWith({ 'sub/top.kea-policy.json': on });
    const { status, stderr } = run(folder, ['diff', 'HEAD', 'sub']);
    expect(status).toBe(2);
    expect(stderr).toContain('git knows no revision sub; a folder is compared with another folder');
  });

  test('a document that only the project around it changes for keeps its path', () => {
    const folder = repositoryWith({ 'sub/kea-policy.config.json': config, 'sub/top.kea-policy.json': on });
    git(folder, 'rm', '--quiet', 'sub/kea-policy.config.json');
    const went = diff(folder);
    commit(folder);
    const came = diff(folder, 'HEAD', 'HEAD~1');
    for (const answered of [went, came]) {
      expect(changed(answered)).toEqual(['sub/top.kea-policy.json changed']);
      expect(answered.documents[0]!.from).toBeUndefined();
    }
  });

  test('from a folder below the top: the project that it is in', () => {
    const folder = repositoryWith({ 'sub/deep/x.kea-policy.json': on, 'other/y.kea-policy.json': on });
    put(folder, { 'sub/deep/x.kea-policy.json': off, 'sub/kea-policy.config.json': config });
    expect(changed(diff(join(folder, 'sub')))).toEqual(['sub/deep/x.kea-policy.json changed']);
    expect(diff(join(folder, 'sub')).guards.length).toBeGreaterThan(0);
    expect(run(join(folder, 'sub'), ['diff']).stdout).toContain('deep/x.kea-policy.json');
  });

  test('a file that was moved, with what holds for it', () => {
    const folder = repositoryWith(files);
    git(folder, 'mv', top, 'renamed.kea-policy.json');
    const { documents, acceptances } = diff(folder);
    expect(documents).toMatchObject([
      { path: 'renamed.kea-policy.json', from: top, change: 'changed', hosts: [] },
    ]);
    expect(acceptances).toEqual([]);
  });

  test('findings, with where they are now', () => {
    const folder = repositoryWith({ ...files, 'old.kea-policy.json': '{ "kind": "policy", }' });
    put(folder, { [top]: policy({ ksn: { enforcement: 'enforce', enabled: true } }) });
    rmSync(join(folder, 'old.kea-policy.json'));
    const { newFindings, goneFindings } = diff(folder);
    expect(newFindings).toMatchObject([{ path: top, rule: 'ksn-acceptance-required', line: 8 }]);
    expect(goneFindings.map(({ rule }) => rule)).toContain('json-syntax');
  });
});

describe('--fail-on', () => {
  const compared = (before: object, after: object, ...args: string[]): number | null => {
    const folder = repositoryWith({ ...files, [top]: before });
    put(folder, { [top]: after });
    return run(folder, ['diff', ...args]).status;
  };
  test('loss, gain and acceptance, each for itself', () => {
    expect(compared(on, off)).toBe(0);
    expect(compared(on, off, '--fail-on', 'loss')).toBe(1);
    expect(compared(on, off, '--fail-on', 'gain', '--fail-on', 'acceptance')).toBe(0);
    expect(compared(off, on, '--fail-on', 'gain')).toBe(1);
    expect(compared(off, on, '--fail-on', 'loss')).toBe(0);
    expect(compared(off, on, '--fail-on', 'loss,acceptance')).toBe(1);
    expect(compared(on, on, '--fail-on', 'loss,gain,acceptance')).toBe(0);
  });

  test('a loss on hosts that nobody counted', () => {
    const uncounted = { ...config, agents: [{ version: '3.16', statementVersion: 'S1' }] };
    const folder = repositoryWith({ ...files, 'kea-policy.config.json': uncounted });
    put(folder, { [top]: off });
    expect(run(folder, ['diff', '--fail-on', 'loss']).status).toBe(1);
  });

  test('what is as last enforced is no loss', () => {
    const folder = repositoryWith(files);
    rmSync(join(folder, top));
    const answered = run(folder, ['diff', '--fail-on', 'loss']);
    expect(answered.status).toBe(0);
    expect(answered.stdout).toContain('as last enforced');
  });
});

describe('wrong usage ends with 2 and says what is wrong', () => {
  test.each([
    [['--fail-on', 'lost'], 'did you mean loss?'],
    [['--format', 'markdwn'], 'did you mean markdown?'],
    [['no-such-revision'], 'git knows no revision no-such-revision'],
    [['HEAD', 'nor-this'], 'git knows no revision nor-this'],
    [['HEAD..HEAD'], 'git knows no revision HEAD..HEAD: it is a range; name single revisions'],
    [['a', 'b', 'c'], 'two revisions or two folders'],
    [['--now', 'yesterday'], '--now is a time such as'],
    [['--bass', 'x'], 'unknown option --bass'],
    [['--', '--output=pwned'], 'git knows no revision --output=pwned'],
    [['--', '-c', 'core.pager=touch pwned'], 'git knows no revision -c'],
  ])('%j', (args, expected) => {
    const folder = repositoryWith(files);
    const { status, stdout, stderr } = run(folder, ['diff', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(expected);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('outside of a repository, without git, before the first commit', () => {
    expect(run(folderWith(files), ['diff']).stderr).toContain('needs a git repository');
    expect(run(folderWith(files), ['diff', 'old', 'new']).stderr).toMatch(
      /needs a git repository: .*; and neither old nor new is a folder\n$/,
    );
    const folder = repositoryWith(files);
    const noGit = run(folder, ['diff'], { env: { PATH: folder } });
    expect([noGit.status, noGit.stderr]).toEqual([2, expect.stringContaining('git is not installed')]);
    const empty = folderWith(files);
    git(empty, 'init', '--quiet');
    expect([run(empty, ['diff']).status, run(empty, ['diff']).stderr]).toEqual([
      2,
      expect.stringContaining('git knows no revision HEAD: nothing is committed yet'),
    ]);
  });

  test('where a folder and a revision are mixed', () => {
    const folder = repositoryWith({ ...files, 'sub/x.txt': 'x' });
    expect(run(folder, ['diff', 'HEAD', 'sub']).stderr).toContain('sub');
  });
});

describe('a repository that is hostile', () => {
  /** A program that leaves a mark where it is run. */
  const trap = (folder: string): string => {
    const path = join(folder, '..', `trap-${folder.split('-').at(-1)}`);
    put(join(folder, '..'), { [path.split('/').at(-1)!]: `#!/bin/sh\ntouch ${folder}/pwned\ncat\n` });
    chmodSync(path, 0o755);
    return path;
  };
  test.each<[string, (program: string) => [string, string][], string]>([
    ['a file system monitor', (it) => [['core.fsmonitor', it]], ''],
    [
      'a pager',
      (it) => [
        ['core.pager', it],
        ['pager.diff', it],
      ],
      '',
    ],
    ['an external diff', (it) => [['diff.external', it]], ''],
    [
      'a driver and a text conversion',
      (it) => [
        ['diff.x.command', it],
        ['diff.x.textconv', it],
      ],
      '* diff=x\n',
    ],
    [
      'a clean filter',
      (it) => [
        ['filter.x.clean', it],
        ['filter.x.required', 'true'],
      ],
      '* filter=x\n',
    ],
    ['a filter process', (it) => [['filter.x.process', it]], '* filter=x\n'],
    [
      'an ssh command',
      (it) => [
        ['core.sshCommand', it],
        ['remote.origin.url', 'ssh://nowhere/x'],
        ['remote.origin.promisor', 'true'],
      ],
      '',
    ],
    ['hooks', (it) => [['core.hooksPath', join(it, '..')]], ''],
  ])('%s is not run', (_, settings, attributes) => {
    const folder = repositoryWith({ ...files, '.gitattributes': attributes });
    const program = trap(folder);
    for (const [name, value] of settings(program)) git(folder, 'config', '--local', name, value);
    put(folder, { [top]: off });
    for (const args of [
      ['diff'],
      ['diff', 'HEAD', 'HEAD'],
      ['runbook', '--since', 'HEAD'],
      ['validate', '--changed'],
    ]) {
      const { status, stderr } = run(folder, args);
      expect([args, status, stderr]).toEqual([args, 0, '']);
      expect(existsSync(join(folder, 'pwned'))).toBe(false);
    }
    expect(changed(diff(folder))).toEqual([`${top} changed`]);
    rmSync(program);
  });

  test('with odd names of files', () => {
    const names = [
      'a b',
      'line\nend',
      '"quoted"',
      'ünïcødé 策略',
      "it's",
      '-dash',
      'tab\tbed',
      'back\\slash',
    ];
    const many = Object.fromEntries(
      names.map((name, i) => [`${name}.kea-policy.json`, policy({ name, administrationGroup: `G${i}` })]),
    );
    const folder = repositoryWith(many);
    for (const [path, value] of Object.entries(many)) {
      put(folder, { [path]: { ...value, ksn: { enforcement: 'undefined' } } });
    }
    const expected = Object.keys(many)
      .map((path) => `${path} changed`)
      .sort();
    expect(changed(diff(folder)).sort()).toEqual(expected);
    commit(folder);
    expect(changed(diff(folder, 'HEAD~1', 'HEAD')).sort()).toEqual(expected);
    const { stdout } = run(folder, ['diff', 'HEAD~1']);
    expect(stdout).toContain('line\\u000aend');
    expect(stdout).not.toContain('line\nend');
  });

  test('with a submodule, links, and a config that leads out', () => {
    const inner = repositoryWith({ 'inner.kea-policy.json': on });
    const folder = repositoryWith(files);
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
    symlinkSync('/etc/passwd', join(folder, 'out.kea-policy.json'));
    symlinkSync(top, join(folder, 'again.kea-policy.json'));
    symlinkSync('.', join(folder, 'circle'));
    commit(folder);
    put(folder, { [top]: off });
    const answered = diff(folder);
    expect(changed(answered)).toEqual([`${top} changed`]);
    expect(changed(diff(folder, 'HEAD~1', 'HEAD'))).toEqual([]);
    expect(JSON.stringify(answered)).not.toContain('root:');
  });

  test('with links, which are followed in a revision as in the working tree', () => {
    const folder = repositoryWith({ ...files, 'real/one.json': on, 'sub/kea-policy.config.json': config });
    const link = (target: string, path: string) => symlinkSync(target, join(folder, path));
    link('real/one.json', 'named.kea-policy.json');
    link('../real', 'sub/folder');
    link('named.kea-policy.json', 'again.kea-policy.json');
    link('no-such-file', 'broken.kea-policy.json');
    link('circle.kea-policy.json', 'circle.kea-policy.json');
    link('/etc/passwd', 'out.kea-policy.json');
    link(join(folder, 'real'), 'absolute');
    commit(folder, { 'real/two.kea-policy.json': policy({ name: 'Two' }) });
    const nothing = { documents: [], newFindings: [], goneFindings: [] };
    expect(diff(folder)).toMatchObject(nothing);
    expect(diff(folder, 'HEAD', 'HEAD')).toMatchObject(nothing);
    put(folder, { 'real/one.json': off });
    expect(diff(folder).documents).toHaveLength(1);
    commit(folder);
    expect(changed(diff(folder, 'HEAD~1', 'HEAD'))).toEqual(['again.kea-policy.json changed']);
  });

  test('with blobs that are larger than may be read, or no JSON at all', () => {
    const folder = repositoryWith({ ...files, 'large.kea-policy.json': ' '.repeat(1024 * 1024 + 1) });
    put(folder, { 'large.kea-policy.json': '\u0000' });
    const { newFindings, goneFindings } = diff(folder);
    expect(newFindings.map(({ rule }) => rule)).toContain('json-syntax');
    expect(goneFindings.map(({ rule }) => rule)).toEqual(['document-limits']);
  });
});

test('a clone that lacks what a revision has, or has a part of it, says so', () => {
  const folder = repositoryWith(files);
  const id = git(folder, 'rev-parse', `HEAD:${top}`).trim();
  commit(folder, { [top]: off });
  const object = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
  const whole = readFileSync(object);
  const told = (): string => {
    const { status, stdout, stderr } = run(folder, ['diff', 'HEAD~1', 'HEAD']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    return stderr;
  };
  rmSync(object);
  expect(told()).toContain('this clone is partial, or damaged (clone it whole, without --filter)');
  writeFileSync(object, whole.subarray(0, 30));
  expect(told()).toMatch(/^kea-policy: (?!fatal)/);
});

test('nothing is checked out, and nothing written to .git', () => {
  const folder = repositoryWith(files);
  commit(folder, { [top]: off });
  put(folder, { 'loose.kea-policy.json': policy({ name: 'Loose', administrationGroup: 'L' }) });
  const before = snapshot(folder);
  for (const args of [
    ['diff'],
    ['diff', 'HEAD~1'],
    ['diff', 'HEAD~1', 'HEAD'],
    ['runbook', '--since', 'HEAD~1'],
  ]) {
    expect(run(folder, args).status).toBe(0);
  }
  expect(snapshot(folder)).toEqual(before);
});

test('a shallow clone has what it has, and says what it has not', () => {
  const folder = repositoryWith(files);
  commit(folder, { [top]: off });
  const clone = folderWith();
  git(clone, 'clone', '--quiet', '--depth=1', pathToFileURL(folder).href, 'it');
  expect(changed(diff(join(clone, 'it'), 'HEAD'))).toEqual([]);
  const { status, stderr } = run(join(clone, 'it'), ['diff', 'HEAD~1']);
  expect(status).toBe(2);
  expect(stderr).toContain('shallow');
});

test('a partial clone fetches nothing', () => {
  const folder = repositoryWith(files);
  commit(folder, { [top]: off });
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  const clone = folderWith();
  git(clone, 'clone', '--quiet', '--filter=blob:none', pathToFileURL(folder).href, 'it');
  const { status, stderr } = run(join(clone, 'it'), ['diff', 'HEAD~1', 'HEAD']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^kea-policy: .+\n$/);
});

test('line ends that git converts are no change', () => {
  const folder = repositoryWith({ ...files, '.gitattributes': '*.json text eol=crlf\n' });
  put(folder, { [top]: read(folder, top).replaceAll('\n', '\r\n') });
  expect(diff(folder)).toMatchObject({ documents: [], newFindings: [], goneFindings: [] });
});

test('Markdown and pretty say the same of a change', () => {
  const folder = repositoryWith(files);
  put(folder, {
    [top]: off,
    'kea-policy.config.json': { ...config, rules: { 'ksn-acceptance-required': 'off' } },
  });
  for (const format of ['pretty', 'markdown']) {
    const { stdout } = run(folder, ['diff', '--format', format]);
    expect(stdout).toContain('KSN is lost on 40 hosts');
    expect(stdout).toContain('1 change makes the checks weaker');
    expect(stdout).toContain('Jane Roe');
  }
  expect(run(folder, ['diff', '--help']).stdout).toContain('Usage: kea-policy diff');
});

test('a pipe that closes early is no fault', () => {
  const folder = repositoryWith(files);
  mkdirSync(join(folder, 'x'));
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "$0" diff | true`, join(process.cwd(), 'server/bin/kea-policy.js')],
    { cwd: folder, encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, '']);
});
