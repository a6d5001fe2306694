import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bin, folderWith, policy, put, read, run, unaccepted, validate } from './command';

const git = (cwd: string, ...args: string[]): void => {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.test',
    '-c',
    'commit.gpgsign=false',
  ];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

describe('exit codes', () => {
  test('0: nothing at or above the fail level; standard error stays empty', () => {
    const folder = folderWith({ 'a.kea-policy.json': policy() });
    expect(run(folder, ['validate'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('1: findings at or above it', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    const result = validate(folder);
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(result.found).toContain('a.kea-policy.json ksn-acceptance-required');
  });

  test('--fail-level decides from where', () => {
    // An active policy that is Undefined but states something: a warning.
    const folder = folderWith({ 'a.kea-policy.json': policy({ ksn: { enabled: false } }) });
    expect(validate(folder).summary).toMatchObject({ error: 0, warning: 1 });
    expect(run(folder, ['validate']).status).toBe(0);
    expect(run(folder, ['validate', '--fail-level', 'warning']).status).toBe(1);
    expect(run(folder, ['validate', '--fail-level=info']).status).toBe(1);
    expect(run(folder, ['validate', '--fail-level=error']).status).toBe(0);
  });

  test('3: no policy file found, which --allow-empty makes 0', () => {
    const folder = folderWith({ 'other.json': '{}', 'kea-policy.config.json': {} });
    const result = run(folder, ['validate']);
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/^kea-policy: no policy file found .*--allow-empty.*\n$/);
    expect(run(folder, ['validate', '--allow-empty'])).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    [['validte'], /unknown command validte \(did you mean validate\?\)/],
    [['--colour'], /unknown option --colour/],
    [['validate', '--fial-level', 'info'], /unknown option --fial-level \(did you mean --fail-level\?\)/],
    [['validate', '-x'], /unknown option -x/],
    [['validate', '--format', 'jsom'], /unknown format jsom \(did you mean json\?\)/],
    [['validate', '--format'], /--format needs a value/],
    [['validate', '--format', 'json', '--format', 'sarif'], /only one format/],
    [['validate', '--fix=yes'], /--fix takes no value/],
    [['validate', '--fail-level', 'eror'], /not eror \(did you mean error\?\)/],
    [
      ['validate', '--rule', 'ksn-acceptance-requird=off'],
      /unknown rule .*did you mean ksn-acceptance-required\?/,
    ],
    [['validate', '--rule', 'ksn-acceptance-required=fatal'], /not fatal/],
    [['validate', '--rule', 'nonsense=off'], /unknown rule nonsense; kea-policy rules lists them/],
    [['validate', '--rule', 'ksn-acceptance-required'], /the level is off, .*; none is given/],
    [['validate', '--rule', 'json-syntax=off'], /always an error/],
    [['validate', '--jobs', '0'], /--jobs/],
    [['validate', '--now', 'tomorrow'], /--now/],
    [['validate', '--now', '2026-02-31'], /--now/],
    [['validate', 'nowhere'], /there is no file or folder nowhere/],
    [['validate', 'a.kea-policy.json/x'], /there is no file or folder a\.kea-policy\.json\/x/],
    [['validate', 'x'.repeat(300)], /there is no file or folder x{300}/],
    [['validate', '--config', 'nowhere.json'], /nowhere\.json cannot be read/],
    [['validate', '--config', 'folder'], /folder is a folder: name the file in it/],
    [['validate', 'no\u001b[31m'], /there is no file or folder no\\u001b\[31m/],
    [['--verison'], /unknown option --verison \(did you mean --version\?\)/],
    [['validate', '--config', 'a', '--no-config'], /exclude each other/],
    [['validate', '--diff'], /--diff goes with --fix/],
    [['validate', '--stdin'], /--stdin-path/],
    [['validate', '--stdin-path', 'x'], /--stdin-path goes with --stdin/],
    [['validate', '--baseline', 'nowhere.json'], /nowhere\.json cannot be read/],
    [['validate', '--write-baseline'], /--write-baseline needs a file/],
    [['validate', '--files-from', 'nowhere'], /nowhere cannot be read/],
    [['validate', '--changed'], /git/],
    [['validate', '--staged'], /git/],
    [['validate', '--cache=a.kea-policy.json'], /--cache: a\.kea-policy\.json is the name of a policy/],
    [['validate', '--cache=kea-policy.config.json'], /--cache: .* is the name of a config/],
    [['validate', '--write-baseline=x/b.kea-policy.json'], /--write-baseline: .* give another file/],
    [['validate', '--format', 'json=a.kea-policy.json'], /--format json: .* not written over/],
    [['report', '--format', 'html=kea-policy.config.json'], /--format: .* not written over/],
    [['validate', '--config', 'strict.json', '--cache=./strict.json'], /--cache: .* read in the same run/],
    [['validate', 'saved.json', '--format', 'json=saved.json'], /--format json: .* not written over/],
    [
      ['validate', '--baseline', 'b.json', '--format', 'json=b.json'],
      /--format json: .* read in the same run/,
    ],
    [['validate', '--files-from', 'list', '--format', 'json=list'], /--format json: .* read in the same run/],
    [['validate', '--format', 'json=x', '--format', 'sarif=./x'], /two results would go to x:/],
    [['validate', '--format', 'json=x', '--write-baseline=x'], /two results would go to x:/],
    [['validate', '--config', ''], /option --config needs a value: --config FILE/],
    [['validate', '--changed='], /option --changed needs a value: --changed BASE/],
    [['validate', '--changed', ''], /an argument is empty/],
    [['validate', '--stdin', '--stdin-path', ''], /--stdin-path needs a value/],
    [['format', ''], /an argument is empty, and stands for no file or folder/],
    [['validate', '--', ''], /an argument is empty/],
    [['report', 'saved.json', '--format', 'html=saved.json'], /--format: .* not written over/],
  ])('2: wrong usage says so in one line: %j', (args, message) => {
    const folder = folderWith({ 'a.kea-policy.json': policy(), 'folder/x': '' });
    const result = run(folder, args, { env: { GIT_CEILING_DIRECTORIES: join(folder, '..') } });
    expect(result.status).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(message);
    expect(result.stderr).toMatch(/^kea-policy: .*\n$/);
  });

  test('a faulty config is a finding, and what is well-formed in it is used', () => {
    const folder = folderWith({
      'kea-policy.config.json': { agents: 7, rules: { 'ksn-acceptance-required': 'warning' } },
      'a.kea-policy.json': unaccepted(),
    });
    const result = validate(folder, ['a.kea-policy.json']);
    expect(result.found).toContain('kea-policy.config.json invalid-value');
    expect(result.findings.find(({ rule }) => rule === 'ksn-acceptance-required')?.severity).toBe('warning');
    expect(result.status).toBe(1);
  });
});

test('--version and --help say what they are asked, on standard output', () => {
  const { version } = JSON.parse(read('server', 'package.json')) as { version: string };
  const folder = folderWith();
  expect(run(folder, ['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(run(folder, ['--help']).stdout).toContain('validate');
  const help = run(folder, ['validate', '--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const option of ['--fail-level', '--files-from', '--no-exceptions', '--cache [FILE]']) {
    expect(help.stdout).toContain(option);
  }
  expect(run(folder, ['help', 'validate']).stdout).toBe(help.stdout);
  expect(run(folder, [])).toMatchObject({ status: 2, stdout: '' });
});

describe('what is validated', () => {
  const tree = {
    'kea-policy.config.json': { ignore: ['old'] },
    'a.kea-policy.json': unaccepted({ name: 'a' }),
    'old/b.kea-policy.json': unaccepted({ name: 'b', administrationGroup: 'Managed devices/B' }),
    'x/c.kea-policy.json': unaccepted({ name: 'c', administrationGroup: 'Managed devices/C' }),
    'x/named.json': unaccepted({ name: 'd', administrationGroup: 'Managed devices/D' }),
  };
  const required = (found: readonly string[]): string[] =>
    found.filter((one) => one.endsWith(' ksn-acceptance-required')).map((one) => one.split(' ')[0]!);

  test('by default the current folder, without what is ignored', () => {
    const folder = folderWith(tree);
    expect(required(validate(folder).found)).toEqual(['a.kea-policy.json', 'x/c.kea-policy.json']);
    expect(required(validate(join(folder, 'x')).found)).toEqual(['c.kea-policy.json']);
  });

  test('a path named outright is always taken, unless --respect-ignore', () => {
    const folder = folderWith(tree);
    const named = ['old/b.kea-policy.json', 'x/named.json'];
    expect(required(validate(folder, named).found)).toEqual(named);
    expect(required(validate(folder, ['old']).found)).toEqual(['old/b.kea-policy.json']);
    expect(required(validate(folder, [...named, '--respect-ignore']).found)).toEqual(['x/named.json']);
    expect(run(folder, ['validate', 'old', '--respect-ignore']).status).toBe(3);
  });

  test('paths in the answer are relative to the current folder', () => {
    const folder = folderWith(tree);
    const { found } = validate(join(folder, 'x'), ['..']);
    expect(required(found)).toEqual(['../a.kea-policy.json', 'c.kea-policy.json']);
    expect(required(validate(join(folder, 'old'), [join(folder, 'x')]).found)).toEqual([
      '../x/c.kea-policy.json',
    ]);
  });

  test("rules look across the whole project, and the answer for a file doesn't depend on which are named", () => {
    const folder = folderWith({
      'kea-policy.config.json': {},
      'one.kea-policy.json': policy({ name: 'one' }),
      'two.kea-policy.json': policy({ name: 'two' }),
    });
    const of = (args: string[]) => validate(folder, args).found.filter((one) => one.startsWith('one.'));
    expect(of(['one.kea-policy.json'])).toContain('one.kea-policy.json policy-duplicate-active');
    expect(of([])).toEqual(of(['one.kea-policy.json']));
    expect(validate(folder, ['one.kea-policy.json']).summary.files).toBe(1);
  });

  test('an ignored file that is named changes nothing for the others', () => {
    const folder = folderWith({
      'kea-policy.config.json': { ignore: ['old'] },
      'one.kea-policy.json': policy({ name: 'one' }),
      'old/two.kea-policy.json': policy({ name: 'two' }),
    });
    const both = validate(folder, ['one.kea-policy.json', 'old/two.kea-policy.json']).found;
    expect(both.filter((one) => one.startsWith('one.'))).toEqual(
      validate(folder, ['one.kea-policy.json']).found,
    );
    expect(both).toContain('old/two.kea-policy.json policy-duplicate-active');
  });

  test('a config nested in another is said under the outer one, also where only the inner folder is asked for', () => {
    const folder = folderWith({
      'kea-policy.config.json': { rules: { 'config-nested': 'error' } },
      'a.kea-policy.json': policy(),
      'inner/kea-policy.config.json': { rules: { 'config-nested': 'off' } },
      'inner/b.kea-policy.json': policy(),
    });
    const nested = 'inner/kea-policy.config.json config-nested';
    expect(validate(folder).found).toEqual([nested]);
    expect(validate(folder, ['inner']).found).toEqual([nested]);
    expect(validate(join(folder, 'inner')).found).toEqual(['kea-policy.config.json config-nested']);
    expect(validate(folder, ['a.kea-policy.json']).found).toEqual([]);
    expect(validate(folder, ['inner', '.']).found).toEqual([nested]);
    expect(validate(folder).summary).toMatchObject({ files: 4, error: 1 });
  });

  test('what two projects find in a nested config stands in the order of its places', () => {
    const folder = folderWith({
      'kea-policy.config.json': {},
      'sub/kea-policy.config.json': { unknown: 1 },
      'sub/b.kea-policy.json': policy(),
    });
    expect(validate(folder, ['sub']).found).toEqual([
      'sub/kea-policy.config.json config-nested',
      'sub/kea-policy.config.json unknown-property',
    ]);
  });

  test('--config fixes the project at its folder and ignores nested configs', () => {
    const folder = folderWith({
      'strict.json': { rules: { 'ksn-acceptance-required': 'warning' } },
      'inner/kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'off' } },
      'inner/b.kea-policy.json': unaccepted(),
    });
    expect(required(validate(folder).found)).toEqual([]);
    const strict = validate(folder, ['--config', 'strict.json']);
    expect(strict.found).toContain('inner/b.kea-policy.json ksn-acceptance-required');
    expect(strict.found.join()).not.toContain('config-nested');
    const elsewhere = folderWith({ 'c.kea-policy.json': policy() });
    expect(run(folder, ['validate', '--config', 'strict.json', elsewhere])).toMatchObject({
      status: 2,
      stdout: '',
    });
  });

  test('--no-config lets all defaults hold', () => {
    const folder = folderWith({
      'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'off' } },
      'a.kea-policy.json': unaccepted(),
    });
    expect(required(validate(folder).found)).toEqual([]);
    expect(required(validate(folder, ['--no-config']).found)).toEqual(['a.kea-policy.json']);
  });

  test('files that git ignores are left out, unless --no-gitignore', () => {
    const folder = folderWith({
      '.git/HEAD': '',
      '.gitignore': 'build/\n',
      'build/a.kea-policy.json': unaccepted(),
    });
    expect(run(folder, ['validate']).status).toBe(3);
    expect(required(validate(folder, ['--no-gitignore']).found)).toEqual(['build/a.kea-policy.json']);
  });

  test('--files-from takes lines or NUL, from a file or standard input', () => {
    const folder = folderWith({ ...tree, list: 'a.kea-policy.json\r\nx/c.kea-policy.json\n' });
    const both = ['a.kea-policy.json', 'x/c.kea-policy.json'];
    expect(required(validate(folder, ['--files-from', 'list']).found)).toEqual(both);
    expect(required(validate(folder, ['--files-from', '-'], { input: both.join('\0') }).found)).toEqual(both);
    expect(required(validate(folder, ['--files-from', '-', 'old'], { input: both[0]! }).found)).toEqual([
      'a.kea-policy.json',
      'old/b.kea-policy.json',
    ]);
    expect(run(folder, ['validate', '--files-from', '-'], { input: '' }).status).toBe(3);
  });

  test('--stdin judges one document as if it were at its path', () => {
    const folder = folderWith(tree);
    const input = JSON.stringify(policy({ name: 'other', administrationGroup: 'Managed devices' }));
    const result = validate(folder, ['--stdin', '--stdin-path', 'new/n.kea-policy.json'], { input });
    expect(result.summary.files).toBe(1);
    expect(result.found).toContain('new/n.kea-policy.json policy-duplicate-active');
    expect(validate(folder, ['--stdin', '--stdin-path', 'a.kea-policy.json'], { input }).found).toEqual([]);
    const config = validate(folder, ['--stdin', '--stdin-path', 'kea-policy.config.json'], {
      input: '{"x": 1}',
    });
    expect(config.found).toEqual(['kea-policy.config.json unknown-property']);
  });

  test('a path that begins with a dash stands behind --', () => {
    const folder = folderWith({ '-a.kea-policy.json': unaccepted() });
    expect(required(validate(folder, ['--', '-a.kea-policy.json']).found)).toEqual(['-a.kea-policy.json']);
  });
});

describe('with git', () => {
  const repository = (): string => {
    const folder = folderWith({
      'kea-policy.config.json': {},
      'a.kea-policy.json': unaccepted({ name: 'a', administrationGroup: 'A' }),
      'b.kea-policy.json': unaccepted({ name: 'b', administrationGroup: 'B' }),
      'c/c.kea-policy.json': unaccepted({ name: 'c', administrationGroup: 'C' }),
      'notes.txt': '',
    });
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'one');
    return folder;
  };
  const files = (found: readonly string[]): string[] => [...new Set(found.map((one) => one.split(' ')[0]!))];

  test('--changed takes what differs from a revision, committed, staged, edited or new', () => {
    const folder = repository();
    expect(run(folder, ['validate', '--changed'])).toMatchObject({ status: 0, stderr: '' });
    git(folder, 'checkout', '--quiet', '-b', 'work');
    put(folder, { 'a.kea-policy.json': unaccepted({ name: 'a2', administrationGroup: 'A' }) });
    git(folder, 'commit', '--quiet', '-am', 'two');
    put(folder, {
      'c/c.kea-policy.json': unaccepted({ name: 'c2', administrationGroup: 'C' }),
      'c/new.kea-policy.json': unaccepted({ name: 'n', administrationGroup: 'N' }),
      'notes.txt': 'x',
    });
    git(folder, 'rm', '--quiet', 'b.kea-policy.json');
    expect(files(validate(folder, ['--changed']).found)).toEqual([
      'c/c.kea-policy.json',
      'c/new.kea-policy.json',
    ]);
    const since = ['a.kea-policy.json', 'c/c.kea-policy.json', 'c/new.kea-policy.json'];
    expect(files(validate(folder, ['--changed', 'main']).found)).toEqual(since);
    expect(files(validate(folder, ['--changed=main', 'c']).found)).toEqual(since.slice(1));
    expect(files(validate(join(folder, 'c'), ['--changed', 'main']).found)).toEqual([
      '../a.kea-policy.json',
      'c.kea-policy.json',
      'new.kea-policy.json',
    ]);
  });

  test('what the base branch did meanwhile is not what changed', () => {
    const folder = repository();
    git(folder, 'checkout', '--quiet', '-b', 'work');
    git(folder, 'checkout', '--quiet', 'main');
    put(folder, { 'b.kea-policy.json': unaccepted({ name: 'b2', administrationGroup: 'B' }) });
    git(folder, 'commit', '--quiet', '-am', 'meanwhile');
    git(folder, 'checkout', '--quiet', 'work');
    put(folder, { 'a.kea-policy.json': unaccepted({ name: 'a2', administrationGroup: 'A' }) });
    expect(files(validate(folder, ['--changed', 'main']).found)).toEqual(['a.kea-policy.json']);
  });

  test('--staged takes what is staged', () => {
    const folder = repository();
    put(folder, {
      'a.kea-policy.json': unaccepted({ name: 'a2', administrationGroup: 'A' }),
      'ü-ß.kea-policy.json': unaccepted({ name: 'u', administrationGroup: 'U' }),
    });
    git(folder, 'add', 'ü-ß.kea-policy.json');
    expect(files(validate(folder, ['--staged']).found)).toEqual(['ü-ß.kea-policy.json']);
  });

  test('a revision that git does not know, or that looks like an option, is wrong usage', () => {
    const folder = repository();
    for (const revision of ['nowhere', '--output=x']) {
      const result = run(folder, ['validate', `--changed=${revision}`]);
      expect(result).toMatchObject({ status: 2, stdout: '' });
      expect(result.stderr).toContain(`git knows no revision ${revision}`);
    }
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('nothing in the repository makes git start another program', () => {
    const folder = repository();
    const trap = join(folder, 'trap');
    put(folder, {
      trap: `#!/bin/sh\ntouch '${join(folder, 'sprung')}'\ncat "$1" 2>/dev/null\n`,
      '.gitattributes': '* diff=x\n',
    });
    chmodSync(trap, 0o755);
    git(folder, 'config', 'core.fsmonitor', trap);
    git(folder, 'config', 'diff.external', trap);
    git(folder, 'config', 'diff.x.textconv', trap);
    git(folder, 'config', 'diff.x.command', trap);
    put(folder, { 'a.kea-policy.json': unaccepted({ name: 'a2', administrationGroup: 'A' }) });
    expect(files(validate(folder, ['--changed']).found)).toEqual(['a.kea-policy.json']);
    git(folder, '-c', 'core.fsmonitor=false', 'add', 'a.kea-policy.json');
    expect(files(validate(folder, ['--staged']).found)).toEqual(['a.kea-policy.json']);
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });
});

describe('files that are hard to read', () => {
  test('each is a finding of its own path, and the others are still validated', () => {
    const folder = folderWith({
      'kea-policy.config.json': {},
      'empty.kea-policy.json': '',
      'binary.kea-policy.json': new Uint8Array([0xff, 0xc0, 0x80, 0x7b]),
      'utf16.kea-policy.json': Buffer.from('\uFEFF{}', 'utf16le'),
      'deep.kea-policy.json': '['.repeat(200_000),
      'deeper.kea-policy.json': `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
      'large.kea-policy.json': `${' '.repeat(1024 * 1024)}{}`,
      'full.kea-policy.json': JSON.stringify(policy({ name: 'full', administrationGroup: 'F' })).padEnd(
        1024 * 1024,
      ),
      'proto.kea-policy.json': '{"__proto__": {"kind": "policy"}, "constructor": 1}',
      'number.kea-policy.json': '17',
      'ok.kea-policy.json': unaccepted(),
    });
    mkdirSync(join(folder, 'folder.kea-policy.json'));
    symlinkSync('nowhere', join(folder, 'dangling.kea-policy.json'));
    symlinkSync('circle.kea-policy.json', join(folder, 'circle.kea-policy.json'));
    const { found, summary, stderr, status } = validate(folder);
    const ruleOf = (name: string) =>
      found.filter((one) => one.startsWith(`${name}.`)).map((one) => one.split(' ')[1]);
    expect(ruleOf('empty')).toEqual(['json-syntax']);
    expect(ruleOf('binary')).toEqual(['document-unreadable']);
    expect(ruleOf('utf16')).toEqual(['document-unreadable']);
    expect(ruleOf('deep')).toEqual(['document-limits']);
    expect(ruleOf('deeper')).toEqual(['document-limits']);
    expect(ruleOf('large')).toEqual(['document-limits']);
    expect(ruleOf('full')).toEqual([]);
    expect(ruleOf('folder')).toEqual(['document-unreadable']);
    expect(ruleOf('dangling')).toEqual(['document-unreadable']);
    expect(ruleOf('circle')).toEqual(['document-unreadable']);
    expect(ruleOf('proto')).not.toEqual([]);
    expect(ruleOf('number')).not.toEqual([]);
    expect(ruleOf('ok')).toContain('ksn-acceptance-required');
    expect(summary.files).toBe(14);
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  });

  test.skipIf(process.platform === 'win32')('a pipe by the name of a policy holds nothing up', () => {
    const folder = folderWith({ 'ok.kea-policy.json': policy() });
    spawnSync('mkfifo', [join(folder, 'pipe.kea-policy.json')]);
    expect(validate(folder).found).toEqual(['pipe.kea-policy.json document-unreadable']);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('one without permission', () => {
    const folder = folderWith({ 'no.kea-policy.json': policy(), 'no/a.kea-policy.json': policy() });
    chmodSync(join(folder, 'no.kea-policy.json'), 0);
    chmodSync(join(folder, 'no'), 0);
    expect(validate(folder).found).toEqual([
      'no document-unreadable',
      'no.kea-policy.json document-unreadable',
    ]);
    chmodSync(join(folder, 'no'), 0o755);
  });

  test('a config that cannot be read is a finding, unless it was named', () => {
    const folder = folderWith({ 'a.kea-policy.json': policy() });
    mkdirSync(join(folder, 'kea-policy.config.json'));
    expect(validate(folder).found).toEqual(['kea-policy.config.json document-unreadable']);
    expect(run(folder, ['validate', '--config', 'kea-policy.config.json']).status).toBe(2);
  });

  test('circles of links come to an end, and links out of the project are not followed', () => {
    const outside = folderWith({ 'o.kea-policy.json': unaccepted() });
    const folder = folderWith({ 'kea-policy.config.json': {}, 'a/b/c.kea-policy.json': policy() });
    symlinkSync('..', join(folder, 'a/b/up'));
    symlinkSync('.', join(folder, 'self'));
    symlinkSync(outside, join(folder, 'out'));
    expect(validate(folder)).toMatchObject({ status: 0, summary: { files: 2 } });
  });
});

describe('fixes', () => {
  const comma =
    '{\r\n\t"kind": "policy",\r\n\t"name": "a",\r\n\t"administrationGroup": "A",\r\n\t"ksn": {"enabled": false,},\r\n}\r\n';

  test('--fix applies the safe ones and leaves every other byte, the mark before the text, and the mode', () => {
    const folder = folderWith({
      'a.kea-policy.json': `\uFEFF${comma}`,
      'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }),
    });
    const path = join(folder, 'a.kea-policy.json');
    chmodSync(path, 0o640);
    const other = statSync(join(folder, 'b.kea-policy.json')).mtimeMs;
    const { found } = validate(folder, ['--fix']);
    expect(found.join()).not.toContain('json-syntax');
    expect(found).toContain('b.kea-policy.json ksn-acceptance-required');
    expect(read(folder, 'a.kea-policy.json')).toBe(
      `\uFEFF${comma.replace('false,', 'false').replace('},\r\n}', '}\r\n}')}`,
    );
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(statSync(join(folder, 'b.kea-policy.json')).mtimeMs).toBe(other);
    expect(readdirSync(folder).sort()).toEqual(['a.kea-policy.json', 'b.kea-policy.json']);
    const before = read(folder, 'a.kea-policy.json');
    validate(folder, ['--fix']);
    expect(read(folder, 'a.kea-policy.json')).toBe(before);
  });

  test('people are told which files were written', () => {
    const files = { 'a.kea-policy.json': comma };
    const said = 'Safe fixes were applied to 1 file: a.kea-policy.json.';
    for (const format of ['pretty', 'markdown']) {
      expect(run(folderWith(files), ['validate', '--fix', '--format', format]).stdout).toContain(said);
      expect(
        run(folderWith(files), ['validate', '--fix', '--diff', '--format', format]).stdout,
      ).not.toContain('Safe');
      expect(run(folderWith(files), ['validate', '--format', format]).stdout).not.toContain('Safe');
    }
  });

  test('it never accepts anything', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    const before = read(folder, 'a.kea-policy.json');
    expect(run(folder, ['validate', '--fix']).status).toBe(1);
    expect(read(folder, 'a.kea-policy.json')).toBe(before);
  });

  test('only what was asked for is fixed, configs and ignored files that were named too', () => {
    const folder = folderWith({
      'kea-policy.config.json': '{"ignore": ["old",]}',
      'a.kea-policy.json': comma,
      'b.kea-policy.json': comma.replaceAll('"a"', '"b"').replace('"A"', '"B"'),
      'old/c.kea-policy.json': comma.replaceAll('"a"', '"c"'),
    });
    run(folder, ['validate', '--fix', 'a.kea-policy.json', 'old/c.kea-policy.json']);
    expect(read(folder, 'a.kea-policy.json')).not.toContain(',\r\n}');
    expect(read(folder, 'old/c.kea-policy.json')).not.toContain(',\r\n}');
    expect(read(folder, 'b.kea-policy.json')).toContain(',\r\n}');
    expect(read(folder, 'kea-policy.config.json')).toContain(',]');
    run(folder, ['validate', '--fix']);
    expect(read(folder, 'b.kea-policy.json')).not.toContain(',\r\n}');
    expect(read(folder, 'kea-policy.config.json')).toBe('{"ignore": ["old"]}');
  });

  test.each([
    ['', comma],
    ['with a byte order mark', `\uFEFF${comma.replace('},\r\n}', '}}')}`],
  ])('--fix --diff writes nothing and prints what git applies to the same end %s', (_, text) => {
    const folder = folderWith({ 'x/a.kea-policy.json': text, 'kea-policy.config.json': {} });
    const { stdout, status, stderr } = run(folder, ['validate', '--fix', '--diff']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(read(folder, 'x/a.kea-policy.json')).toBe(text);
    expect(stdout).toMatch(/^--- a\/x\/a\.kea-policy\.json/);
    git(folder, 'init', '--quiet');
    put(folder, { 'p.diff': stdout });
    git(folder, 'apply', 'p.diff');
    const applied = read(folder, 'x/a.kea-policy.json');
    put(folder, { 'x/a.kea-policy.json': text });
    run(folder, ['validate', '--fix']);
    expect(read(folder, 'x/a.kea-policy.json')).toBe(applied);
  });

  test('a link is not replaced: what it leads to is fixed', () => {
    const folder = folderWith({ 'a.kea-policy.json': comma, 'kea-policy.config.json': {} });
    symlinkSync('a.kea-policy.json', join(folder, 'link.kea-policy.json'));
    run(folder, ['validate', '--fix', 'link.kea-policy.json']);
    expect(read(folder, 'a.kea-policy.json')).not.toContain(',\r\n}');
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find((one) => one.name.startsWith('link'))
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  test('what cannot be written is said, and the finding stays', () => {
    const folder = folderWith({ 'a.kea-policy.json': comma });
    // A name so long that the file written beside it would have none; root may write to every folder.
    const long = `${'n'.repeat(255 - '.kea-policy.json'.length)}.kea-policy.json`;
    put(folder, { [long]: comma.replace('"A"', '"B"') });
    const result = validate(folder, ['--fix']);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/^kea-policy: cannot write n+\.kea-policy\.json: /);
    expect(result.found).toContain(`${long} json-syntax`);
    expect(result.found.join()).not.toContain('a.kea-policy.json json-syntax');
    expect(read(folder, long)).toContain(',\r\n}');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('with --stdin there is only a diff', () => {
    const folder = folderWith();
    const args = ['validate', '--stdin', '--stdin-path', 'a.kea-policy.json', '--fix'];
    expect(run(folder, args, { input: comma }).status).toBe(2);
    expect(run(folder, [...args, '--diff'], { input: comma }).stdout).toContain('--- a/a.kea-policy.json');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('exceptions, baselines and levels', () => {
  const excepted = unaccepted({
    exceptions: [
      {
        rule: 'ksn-acceptance-required',
        reason: 'Migration CHG-1, accepted in March',
        expires: '2027-01-31',
      },
    ],
  });
  const now = (time: string): string[] => ['--now', time];

  test('what an exception covers is counted; --show-excepted lists it, --no-exceptions ignores them all', () => {
    const folder = folderWith({ 'a.kea-policy.json': excepted });
    const args = now('2027-01-31T23:59:59Z');
    expect(validate(folder, args)).toMatchObject({
      status: 0,
      summary: { error: 0, excepted: 1 },
      found: [],
    });
    const shown = validate(folder, [...args, '--show-excepted']);
    expect(shown).toMatchObject({ status: 0, found: ['a.kea-policy.json ksn-acceptance-required'] });
    expect(shown.findings[0]).toMatchObject({ excepted: true });
    expect(validate(folder, [...args, '--no-exceptions'])).toMatchObject({
      status: 1,
      summary: { error: 1, excepted: 0 },
    });
  });

  test('--now decides whether one has expired', () => {
    const folder = folderWith({ 'a.kea-policy.json': excepted });
    expect(validate(folder, now('2027-02-01T00:00:00Z')).found).toEqual([
      'a.kea-policy.json ksn-acceptance-required',
      'a.kea-policy.json exception-expired',
    ]);
    expect(validate(folder, now('2027-02-01T00:30:00+01:00')).found).toEqual([]);
    expect(validate(folder, now('2027-01-31')).found).toEqual([]);
  });

  test('--rule goes over the config', () => {
    const folder = folderWith({
      'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'info' } },
      'a.kea-policy.json': unaccepted(),
    });
    expect(validate(folder).summary).toMatchObject({ error: 0 });
    expect(validate(folder, ['--rule', 'ksn-acceptance-required=error'])).toMatchObject({
      status: 1,
      summary: { error: 1 },
    });
    const off = validate(folder, [
      '--rule',
      'ksn-acceptance-required=error',
      '--rule',
      'ksn-acceptance-required=off',
    ]);
    expect(off.found.join()).not.toContain('ksn-acceptance-required');
  });

  test('a baseline takes known findings off; what is gone from it is said; writing ignores the old one', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted(), 'sub/x': '' });
    expect(run(folder, ['validate', '--write-baseline', 'base.json'])).toMatchObject({ status: 0 });
    const written = read(folder, 'base.json');
    expect(validate(folder, ['--baseline', 'base.json'])).toMatchObject({ status: 0, found: [] });
    expect(validate(join(folder, 'sub'), ['--baseline', '../base.json', '..'])).toMatchObject({
      status: 0,
      found: [],
    });
    // The same finding, wherever it moves to in its file, is still known.
    put(folder, { 'a.kea-policy.json': `\n\n\n${JSON.stringify(unaccepted({ description: 'x' }))}` });
    expect(validate(folder, ['--baseline', 'base.json']).found).toEqual([]);
    run(folder, ['validate', '--baseline', 'base.json', '--write-baseline']);
    expect(read(folder, 'base.json')).toBe(written);
    put(folder, { 'b.kea-policy.json': unaccepted({ name: 'b', administrationGroup: 'B' }) });
    expect(validate(folder, ['--baseline', 'base.json'])).toMatchObject({ status: 1 });
    put(folder, { 'a.kea-policy.json': policy() });
    const result = run(folder, [
      'validate',
      '--format',
      'pretty',
      '--baseline',
      'base.json',
      'a.kea-policy.json',
    ]);
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('ksn-acceptance-required');
  });

  test('what is known of a config is not gone where only policies were asked for', () => {
    const folder = folderWith({
      'kea-policy.config.json': {
        rulez: {},
        statements: [{ version: 'S', texts: [{ language: 'en', file: 'x' }] }],
      },
      'a.kea-policy.json': policy(),
    });
    run(folder, ['validate', '--write-baseline', 'base.json']);
    const of = (...paths: string[]) =>
      run(folder, ['validate', '--format', 'pretty', '--baseline', 'base.json', ...paths]).stdout;
    expect(of('a.kea-policy.json')).not.toContain('gone');
    put(folder, { 'kea-policy.config.json': { rulez: {} } });
    expect(of('a.kea-policy.json')).not.toContain('gone');
    expect(of()).toContain('gone: kea-policy.config.json: config-text-missing');
  });

  test('an argument behind --cache that is a policy or a config is a path of its own', () => {
    const files = { 'kea-policy.config.json': {}, 'a.kea-policy.json': policy() };
    const folder = folderWith(files);
    for (const path of Object.keys(files)) {
      const before = read(folder, path);
      expect(run(folder, ['validate', '--cache', path])).toMatchObject({ status: 0, stderr: '' });
      expect(read(folder, path)).toBe(before);
    }
  });

  test('a baseline that is none is wrong usage', () => {
    const folder = folderWith({
      'a.kea-policy.json': policy(),
      'b.json': '[]',
      'c.json': '{"formatVersion":1,"findings":[1]}',
      'd.json': '{',
    });
    for (const file of ['b.json', 'c.json', 'd.json']) {
      expect(run(folder, ['validate', '--baseline', file])).toMatchObject({ status: 2, stdout: '' });
    }
  });

  test('undecided counts policies with KSN on for which a Statement version is not known', () => {
    const on = {
      ksn: {
        enforcement: 'enforce',
        enabled: true,
        statement: { version: 'v1', accepted: true, acceptedBy: 'x', acceptedAt: '2024-01-01T00:00:00Z' },
      },
    };
    const folder = folderWith({
      'a.kea-policy.json': policy(on),
      'b.kea-policy.json': policy({ name: 'off', administrationGroup: 'B' }),
    });
    expect(validate(folder).summary.undecided).toBe(1);
    put(folder, { 'kea-policy.config.json': { plugin: { version: '4.0', statementVersion: 'v1' } } });
    expect(validate(folder).summary.undecided).toBe(0);
    put(folder, {
      'kea-policy.config.json': {
        plugin: { version: '4.0', statementVersion: 'v1' },
        agents: [{ version: '3.16' }],
      },
    });
    expect(validate(folder).summary.undecided).toBe(1);
  });
});

describe('output', () => {
  test('several formats at once, each into its file, one to standard output', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    const args = [
      'validate',
      '--format',
      'json=out/f.json',
      '--format',
      'sarif=out/f.sarif',
      '--format',
      'compact',
    ];
    const result = run(folder, args);
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/^a\.kea-policy\.json:\d+:\d+: error ksn-acceptance-required /m);
    expect(JSON.parse(read(folder, 'out/f.json'))).toMatchObject({ formatVersion: 1 });
    expect(JSON.parse(read(folder, 'out/f.sarif'))).toMatchObject({ version: '2.1.0' });
  });

  test('a file that cannot be written is said', () => {
    const folder = folderWith({ 'a.kea-policy.json': policy(), file: '' });
    const result = run(folder, ['validate', '--format', 'json=file/x.json']);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/^kea-policy: cannot write .*\n$/);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'standard output that the system does not take is no fault of the program',
    () => {
      const full = openSync('/dev/full', 'w');
      const run = (args: string[], stdio: StdioOptions) =>
        spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', stdio });
      const { status, stderr } = run(['rules'], ['ignore', full, 'pipe']);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: 'kea-policy: cannot write to standard output: no space left on device\n',
      });
      expect(run(['validate', 'nowhere'], ['ignore', 'pipe', full]).status).toBe(2);
      closeSync(full);
    },
  );

  test('--quiet leaves out of human formats what does not count', () => {
    const folder = folderWith({
      'a.kea-policy.json': policy({ ksn: { enabled: false } }),
      'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }),
    });
    expect(run(folder, ['validate']).stdout).toContain('warning');
    const quiet = run(folder, ['validate', '--quiet']);
    expect(quiet.stdout).not.toContain('warning');
    expect(quiet.stdout).toContain('ksn-acceptance-required');
    expect(run(folder, ['validate', '--quiet', 'a.kea-policy.json']).stdout).toBe('');
  });

  test('--stats says on standard error what was done', () => {
    const folder = folderWith({ 'a.kea-policy.json': policy() });
    expect(run(folder, ['validate', '--stats'])).toMatchObject({ status: 0, stdout: '' });
    expect(run(folder, ['validate', '--stats']).stderr).toContain('1 document(s) read');
  });

  test('colours only where they are wanted', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    const pretty = (...args: string[]): string =>
      run(folder, ['validate', '--format', 'pretty', ...args]).stdout;
    expect(pretty()).not.toContain('\x1b[');
    expect(pretty('--color')).toContain('\x1b[');
  });

  test('on GitHub a job summary goes to its file', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted(), 'summary.md': 'before\n' });
    run(folder, ['validate', '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') },
    });
    expect(read(folder, 'summary.md')).toMatch(/^before\n[^]*ksn-acceptance-required/);
  });

  test('two runs give the same bytes', () => {
    const folder = folderWith(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `${i % 7}/${i}.kea-policy.json`,
          unaccepted({ name: `p${i % 5}`, administrationGroup: `G/${i % 9}` }),
        ]),
      ),
    );
    const first = run(folder, ['validate', '--format', 'json']).stdout;
    expect(run(folder, ['validate', '--format', 'json']).stdout).toBe(first);
    const paths = (JSON.parse(first) as { findings: { path: string }[] }).findings.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
  });

  test.skipIf(process.platform === 'win32')('a pipe that is closed early ends quietly', async () => {
    const folder = folderWith(
      Object.fromEntries(
        Array.from({ length: 400 }, (_, i) => [
          `${i}.kea-policy.json`,
          unaccepted({ name: `p${i}`, administrationGroup: `G/${i}` }),
        ]),
      ),
    );
    const child = spawn(process.execPath, [bin, 'validate', '--format', 'json'], { cwd: folder });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});
