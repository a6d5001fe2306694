import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, policy, put, run } from './command';

const pages = [...readdirSync('docs/ci').map((name) => `docs/ci/${name}`), 'docs/init.md'].filter((path) =>
  path.endsWith('.md'),
);

/** The commands that a page tells to run, as arguments; what a shell does with their output is left out. */
const commands = (page: string): string[][] =>
  [...readFileSync(page, 'utf8').matchAll(/npx kea-policy ([^`'\n]+)/g)].map(([, args]) =>
    args!.replace(/>.*/, '').trim().split(/\s+/),
  );

const all = pages.flatMap((page) => commands(page).map((args): [string, string[]] => [page, args]));

/** A repository with a protected branch, a baseline and an export, as the recipes take them for granted. */
function repository(): string {
  const folder = folderWith({ 'sub/a.kea-policy.json': policy(), 'export.csv': 'name,group\nx,G\n' });
  run(folder, ['validate', '--write-baseline', 'kea-policy.baseline.json']);
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.test', '-c', 'commit.gpgsign=false'];
    expect(spawnSync('git', [...identity, ...args], { cwd: folder }).status).toBe(0);
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'x');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return folder;
}

describe('recipes', () => {
  test('there are some, on every page', () => {
    for (const page of pages) expect(commands(page), page).not.toEqual([]);
  });

  test.each(all)('%s: kea-policy %j', (_, args) => {
    const folder = repository();
    if (args.includes('--config')) put(folder, { 'kea-policy.config.json': {} });
    const { status, stderr } = run(folder, args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const [, file] of args.join(' ').matchAll(/--format \w+=(\S+)/g)) {
      expect(existsSync(join(folder, file!)), file).toBe(true);
    }
  });

  test.each(pages)('links of %s lead somewhere', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, to]) => to!);
    for (const to of links) expect(existsSync(join(dirname(page), to)), to).toBe(true);
  });
});
