import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles, slashed } from '../../server/src/cli/node-files';
import {
  below,
  contentsOf,
  folderOf,
  homeOf,
  isIgnored,
  outerOf,
  type Home,
  type Rules,
} from '../../server/src/project/discover';
import { configName } from '../../server/src/project/document';
import { GitIgnore } from '../../server/src/project/gitignore';
import { glob } from '../../server/src/project/glob';

let root: string;
const rules: Rules = { gitignore: true, configs: true, fallback: (folder) => folder };

beforeEach(() => {
  root = slashed(realpathSync(mkdtempSync(joinPath(tmpdir(), 'kea-discover-'))));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string> | readonly string[]): void {
  const entries = Array.isArray(files)
    ? files.map((path: string) => [path, '{}'] as const)
    : Object.entries(files);
  for (const [path, text] of entries) {
    mkdirSync(dirname(joinPath(root, path)), { recursive: true });
    writeFileSync(joinPath(root, path), text);
  }
}

const at = (path: string): string => (path === '' ? root : `${root}/${path}`);
const home = (path = ''): Home => homeOf(nodeFiles, at(path), rules);
const walk = (path = '', ignore: string[] = [], whole = false) => {
  const found = contentsOf(nodeFiles, home(path), rules, ignore.map(glob), whole);
  return { ...found, documents: [...found.documents].sort() };
};

describe('which project a folder belongs to', () => {
  test('that of the nearest config at or above it', () => {
    write([configName, `emea/${configName}`, 'emea/de/a.kea-policy.json', 'apac/b.kea-policy.json']);
    expect(home('emea/de')).toMatchObject({ root: at('emea'), config: at(`emea/${configName}`) });
    expect(home('apac')).toMatchObject({ root, config: at(configName) });
    expect(home()).toMatchObject({ root, config: at(configName) });
  });

  test('the search ends at a folder with .git, also where .git is a file', () => {
    write([configName, 'sub/.git', 'sub/a/b.kea-policy.json']);
    expect(home('sub/a')).toEqual({ root: at('sub'), config: undefined, repository: at('sub') });
  });

  test('a config beside .git is found, and so is one above a plain folder', () => {
    write([`.git/HEAD`, configName, 'a/b/c.kea-policy.json']);
    expect(home('a/b')).toEqual({ root, config: at(configName), repository: root });
  });

  test('without config and .git whoever asks decides', () => {
    mkdirSync(at('x/y'), { recursive: true });
    const asked: string[] = [];
    const fallback = (folder: string): string => (asked.push(folder), at('x'));
    const found = homeOf(nodeFiles, at('x/y'), { ...rules, fallback });
    // The machine that runs the tests may itself have a repository above its folder for temporary files.
    if (found.repository === undefined) {
      expect(found.root).toBe(at('x'));
      expect(asked).toEqual([at('x/y')]);
    }
  });

  test('--no-config looks for none', () => {
    write(['.git/HEAD', `a/${configName}`]);
    expect(homeOf(nodeFiles, at('a'), { ...rules, configs: false })).toEqual({
      root,
      config: undefined,
      repository: root,
    });
  });

  test('a config that is a link that leads nowhere is one all the same', () => {
    write(['.git/HEAD']);
    mkdirSync(at('a'));
    symlinkSync('nowhere', at(`a/${configName}`));
    expect(home('a').root).toBe(at('a'));
  });

  test('the outer project is that of the nearest config above', () => {
    write([configName, `a/${configName}`, `a/b/${configName}`]);
    expect(outerOf(nodeFiles, home('a/b'), rules)?.root).toBe(at('a'));
    expect(outerOf(nodeFiles, home('a'), rules)?.root).toBe(root);
    write(['.git/HEAD']);
    expect(outerOf(nodeFiles, home(), rules)).toBeUndefined();
  });
});

describe('what is in a project', () => {
  beforeEach(() => write(['.git/HEAD', configName]));

  test('every document but those of .git, node_modules and nested projects', () => {
    write([
      'a.kea-policy.json',
      'a.kea-policy.jsonc',
      'kea-policy.json',
      'x/.kea-policy.json',
      '.git/b.kea-policy.json',
      'x/node_modules/p/c.kea-policy.json',
      'x/y/d.kea-policy.json',
      `inner/${configName}`,
      'inner/e.kea-policy.json',
      'module/.git',
      'module/f.kea-policy.json',
    ]);
    expect(walk()).toEqual({
      documents: ['a.kea-policy.json', 'x/.kea-policy.json', 'x/y/d.kea-policy.json'],
      nestedConfigs: [`inner/${configName}`],
      inner: ['inner', 'module'],
      unlisted: [],
    });
  });

  test('everything below the folder of the config that --config fixes', () => {
    write([`inner/${configName}`, 'inner/e.kea-policy.json', 'module/.git', 'module/f.kea-policy.json']);
    const found = walk('', [], true);
    expect(found.documents).toEqual(['inner/e.kea-policy.json', 'module/f.kea-policy.json']);
    expect(found.nestedConfigs).toEqual([]);
  });

  test("not what the config's ignore covers, folders with all below them", () => {
    write(['a.kea-policy.json', 'old/b.kea-policy.json', 'x/tmp-1.kea-policy.json', `old/${configName}`]);
    const found = walk('', ['old', '**/tmp-*']);
    expect(found.documents).toEqual(['a.kea-policy.json']);
    expect(found.nestedConfigs).toEqual([]);
  });

  test('a folder by the name of a policy is a document, which will turn out to be unreadable', () => {
    mkdirSync(at('x.kea-policy.json'));
    expect(walk().documents).toEqual(['x.kea-policy.json']);
  });

  test('the same order for the same tree, whatever order it was made in', () => {
    write(['b/1.kea-policy.json', 'a/2.kea-policy.json', 'z.kea-policy.json']);
    const first = contentsOf(nodeFiles, home(), rules).documents;
    rmSync(at('a'), { recursive: true });
    write(['a/2.kea-policy.json']);
    expect(contentsOf(nodeFiles, home(), rules).documents).toEqual(first);
  });
});

describe('links', () => {
  beforeEach(() => write(['.git/HEAD', `p/${configName}`, 'p/a.kea-policy.json', 'out/o.kea-policy.json']));

  test('out of the project are not followed', () => {
    symlinkSync('../out', at('p/out'));
    symlinkSync('../out/o.kea-policy.json', at('p/o.kea-policy.json'));
    expect(walk('p').documents).toEqual(['a.kea-policy.json']);
  });

  test('in a circle come to an end, and nothing counts twice', () => {
    write(['p/x/b.kea-policy.json']);
    symlinkSync('..', at('p/x/up'));
    symlinkSync('.', at('p/self'));
    symlinkSync('x', at('p/same'));
    mkdirSync(at('p/empty'));
    symlinkSync('.', at('p/empty/self'));
    expect(walk('p').documents).toEqual(['a.kea-policy.json', 'x/b.kea-policy.json']);
  });

  test('to what the walk leaves out otherwise are followed', () => {
    write(['p/node_modules/q/c.kea-policy.json', 'p/base.json']);
    symlinkSync('node_modules/q', at('p/q'));
    symlinkSync('base.json', at('p/base.kea-policy.json'));
    expect(walk('p').documents).toEqual(['a.kea-policy.json', 'base.kea-policy.json', 'q/c.kea-policy.json']);
  });

  test('that branch do not multiply', () => {
    for (let i = 0; i < 30; i++) {
      mkdirSync(at(`p/node_modules/${i}`), { recursive: true });
      symlinkSync(`../${i + 1}`, at(`p/node_modules/${i}/left`));
      symlinkSync(`../${i + 1}`, at(`p/node_modules/${i}/right`));
    }
    write(['p/node_modules/30/d.kea-policy.json']);
    symlinkSync('node_modules/0', at('p/start'));
    expect(walk('p').documents).toHaveLength(2);
  });

  test('by the name of a policy that lead nowhere are documents, others are nothing', () => {
    symlinkSync('nowhere', at('p/gone.kea-policy.json'));
    symlinkSync('nowhere', at('p/gone'));
    expect(walk('p').documents).toEqual(['a.kea-policy.json', 'gone.kea-policy.json']);
  });
});

describe('.gitignore', () => {
  const files = [
    'a.kea-policy.json',
    'build/b.kea-policy.json',
    'x/build/c.kea-policy.json',
    'x/d.kea-policy.json',
    'x/keep.kea-policy.json',
    'x/[odd] #name!/e.kea-policy.json',
    'x/[odd] #name!/f.kea-policy.json',
    'sp ace/g.kea-policy.json',
    'draft-1.kea-policy.json',
    'ä.kea-policy.json',
    'aä.kea-policy.json',
    'yz.kea-policy.json',
    'Draft-2.kea-policy.json',
    'deep/a/b/c/h.kea-policy.json',
  ];
  const cases: Record<string, Record<string, string>> = {
    'names a folder anywhere': { '.gitignore': 'build/\n' },
    'names a folder at its own place': { '.gitignore': '/build\n' },
    'has a comment, a blank line and a line end of Windows': { '.gitignore': '# no\r\n\r\nbuild\r\n' },
    'takes back what it ignores': { '.gitignore': '*.kea-policy.json\n!keep.kea-policy.json\n' },
    'cannot take back what is in an ignored folder': { '.gitignore': 'x/\n!x/keep.kea-policy.json\n' },
    'in a folder holds for it alone': { 'x/.gitignore': 'build\n*.kea-policy.json\n!keep*\n' },
    'in a folder takes back what one above ignores': {
      '.gitignore': 'd.kea-policy.json\nbuild/\n',
      'x/.gitignore': '!d.kea-policy.json\n!build/\n',
    },
    'in a folder whose name has letters of globs': { 'x/[odd] #name!/.gitignore': 'e.kea-policy.json\n' },
    'with anchored patterns in a folder': { 'deep/.gitignore': 'a/b\n/c\n' },
    'with two stars': { '.gitignore': 'deep/**/c\n' },
    'tells upper from lower case': { '.gitignore': 'draft-*\n' },
    'with escaped letters': { '.gitignore': 'sp\\ ace\n\\#x\n\\!y\n' },
    'with a mark before it': { '.gitignore': '\uFEFFbuild/\n' },
    'with classes': { '.gitignore': '[dD]raft-[0-9].kea-policy.json\n' },
    'with blanks at the end, one of them meant': { '.gitignore': 'build/ \nx/keep*\\ \n' },
    'with everything in a folder, but for some': { '.gitignore': 'x/**\n!x/build/\n!x/build/**\n/***/h*\n' },
    'with nothing that could match a policy': { '.gitignore': '*.log\ndist\n*.js[onx]\n' },
  };

  test.each(Object.entries(cases))('%s: as git says', (_name, ignoreFiles) => {
    write([...files, configName]);
    write(ignoreFiles);
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'core.excludesFile=', '-c', 'core.ignoreCase=false', ...args], {
        cwd: root,
      }).toString();
    git('init', '--quiet');
    const listed = git('ls-files', '--others', '--exclude-standard', '-z', '--', '*.kea-policy.json');
    const expected = listed.split('\0').filter(Boolean).sort();
    expect(walk().documents).toEqual(expected);
    const kept = files.filter((path) => !isIgnored(nodeFiles, home(), rules, [], path));
    expect(kept.sort()).toEqual(expected);
  });

  test.each([
    ['many folders', '**/a/'.repeat(12) + 'b*'],
    ['many folders, and stars in them', '**/a*/'.repeat(12) + '*b*.json'],
    ['many stars', '*a'.repeat(60) + '*b'],
    ['a long line', `${'x'.repeat(900_000)}*`],
    ['a long line of blanks', `a${' b'.repeat(400_000)}${' '.repeat(100_000)}`],
  ])('never stalls: %s', (_name, pattern) => {
    const git = GitIgnore.none.within('', `${pattern}\n`);
    expect(git.ignoresFile(`${'a/'.repeat(100)}${'a'.repeat(200)}.kea-policy.json`)).toBe(false);
  });

  test.each([configName, '*fig.json', 'x/'])(
    '%s: a nested config that git ignores is not reported',
    (line) => {
      write(['.git/HEAD', configName, `x/${configName}`]);
      expect(walk().nestedConfigs).toEqual([`x/${configName}`]);
      write({ '.gitignore': `${line}\n` });
      expect(walk().nestedConfigs).toEqual([]);
      expect(isIgnored(nodeFiles, home(), rules, [], `x/${configName}`)).toBe(true);
    },
  );

  test('is read from the root of the repository down, also for a project deeper in it', () => {
    write({ '.git/HEAD': '', '.gitignore': 'p/old/\n', [`p/${configName}`]: '{}', 'p/.gitignore': 'tmp/\n' });
    write(['p/old/a.kea-policy.json', 'p/tmp/b.kea-policy.json', 'p/c.kea-policy.json']);
    expect(walk('p').documents).toEqual(['c.kea-policy.json']);
    const all = contentsOf(nodeFiles, home('p'), { ...rules, gitignore: false }).documents;
    expect(all).toHaveLength(3);
    expect(isIgnored(nodeFiles, home('p'), rules, [], 'old', 'folder')).toBe(true);
    expect(isIgnored(nodeFiles, home('p'), rules, [], 'tmp', 'folder')).toBe(true);
    expect(isIgnored(nodeFiles, home('p'), rules, [], 'c', 'folder')).toBe(false);
  });
});

test('paths are compared part by part', () => {
  expect(below('/a', '/a')).toBe('');
  expect(below('/a', '/a/b/c')).toBe('b/c');
  expect(below('/a', '/ab')).toBeUndefined();
  expect(below('/', '/a')).toBe('a');
  expect(folderOf('/a/b')).toBe('/a');
  expect(folderOf('/a')).toBe('/');
  expect(folderOf('C:/a')).toBe('C:/');
  expect(folderOf('C:/')).toBe('C:/');
});
