import { builtin } from './builtin';
import { slashed } from './node-files';

/** What git answered, or in words why it did not. */
export type GitAnswer = { readonly text: string } | { readonly wrong: string };

/**
 * How git is run everywhere: so that nothing in the repository can make it start another program (no file system
 * monitor, no pager; external diffs and text conversions are switched off where they could be), and no prompt.
 */
export const safeGit = {
  args: ['-c', 'core.fsmonitor=false', '--no-pager'],
  options: {
    maxBuffer: 1024 * 1024 * 1024,
    windowsHide: true,
    // On Windows a git.exe in the current folder would be found first.
    env: {
      ...process.env,
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      // A partial clone would fetch what it lacks, by whatever program its configuration names.
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      NoDefaultCurrentDirectoryInExePath: '1',
    },
  },
} as const;

/**
 * Options that keep git from running the filters that a repository's configuration names: to tell whether a file of
 * the working tree has changed, git would have them convert it first. Such a file may be taken for changed.
 */
function withoutFilters(cwd: string): string[] {
  const configured = git(cwd, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
  const names = 'wrong' in configured ? [] : configured.text.split('\0').filter(Boolean);
  return names.flatMap((name) => ['-c', name.endsWith('.required') ? `${name}=false` : `${name}=`]);
}

/** Runs git in a folder. @param options of git itself */
export function git(cwd: string, args: readonly string[], options: readonly string[] = []): GitAnswer {
  const { status, stdout, stderr, error } = builtin('node:child_process').spawnSync(
    'git',
    [...safeGit.args, ...options, ...args],
    {
      ...safeGit.options,
      cwd,
      encoding: 'utf8',
    },
  );
  if (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { wrong: missing ? 'git is not installed, or not on the PATH' : error.message };
  }
  if (status === 0) return { text: stdout };
  return { wrong: failure(status, stderr) };
}

/** The bytes that git wrote, or in words why it failed. */
export type GitBytes = { readonly bytes: Buffer } | { readonly wrong: string };

/** Runs git in a folder, for bytes. */
export function gitBytes(cwd: string, args: readonly string[]): GitBytes {
  const { status, stdout, stderr, error } = builtin('node:child_process').spawnSync(
    'git',
    [...safeGit.args, ...args],
    {
      ...safeGit.options,
      cwd,
    },
  );
  if (error) return { wrong: error.message };
  return status === 0 ? { bytes: stdout } : { wrong: failure(status, stderr.toString('utf8')) };
}

/** The same while other things are done. */
export async function startGit(cwd: string, args: readonly string[]): Promise<GitBytes> {
  const written: Buffer[] = [];
  const wrong = await runGit(cwd, args, '', (piece) => written.push(piece));
  return wrong === undefined ? { bytes: Buffer.concat(written) } : { wrong };
}

/**
 * Runs git in a folder while other things are done. Returns why it failed; rejects with what `output` throws.
 * @param input what git reads
 * @param output takes what git writes, as it comes; or a file that is open, which it is written into
 */
export function runGit(
  cwd: string,
  args: readonly string[],
  input: string,
  output: number | ((piece: Buffer) => void),
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const { windowsHide, env } = safeGit.options;
    const child = builtin('node:child_process').spawn('git', [...safeGit.args, ...args], {
      windowsHide,
      env,
      cwd,
      stdio: ['pipe', typeof output === 'number' ? output : 'pipe', 'pipe'],
    });
    child.on('error', ({ message }) => resolve(message));
    // not started: where files are too many it has not even streams
    if (child.pid === undefined) return;
    let reason = '';
    child.stdout?.on('data', (piece: Buffer) => {
      try {
        if (typeof output !== 'number') output(piece);
      } catch (error) {
        child.stdout?.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    child.stderr!.setEncoding('utf8').on('data', (piece: string) => (reason += piece));
    child.on('close', (status) => resolve(status === 0 ? undefined : failure(status, reason)));
    // one that ends before it has read all says why by itself
    child.stdin!.on('error', () => {}).end(input);
  });
}

function failure(status: number | null, reason: string): string {
  const [first] = reason.trim().split('\n');
  return first!.replace(/^fatal: /, '') || `git ended with ${status}`;
}

/** The commit that a revision names; what looks like an option is taken for a revision. */
export function commitOf(cwd: string, revision: string): GitAnswer {
  const answer = git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if ('wrong' in answer) {
    const known = git(cwd, ['rev-parse', '--is-inside-work-tree']);
    if ('wrong' in known) return known;
    const shallow = git(cwd, ['rev-parse', '--is-shallow-repository']);
    const isShallow = 'text' in shallow && shallow.text.trim() === 'true';
    return { wrong: `git knows no revision ${revision}${whyUnknown(cwd, revision, isShallow)}` };
  }
  return { text: answer.text.trim() };
}

function whyUnknown(cwd: string, revision: string, isShallow: boolean): string {
  if (isShallow) {
    return ': this clone is shallow and may not reach back to it (git fetch --unshallow; in CI, fetch the whole history)';
  }
  if (revision.includes('..')) return ': it is a range; name single revisions';
  const head = git(cwd, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return 'wrong' in head ? ': nothing is committed yet' : '';
}

/** The repository's top folder, absolute, with `/`. */
export function topOf(cwd: string): GitAnswer {
  const answer = git(cwd, ['rev-parse', '--show-toplevel']);
  return 'wrong' in answer ? answer : { text: slashed(answer.text.replace(/\r?\n$/, '')) };
}

const diff = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--no-relative',
  '--ignore-submodules=all',
  '--name-only',
  '-z',
  '--diff-filter=d',
];

/** Files that are staged; paths relative to the repository's top folder. */
export function stagedFiles(cwd: string): readonly string[] | { readonly wrong: string } {
  return names(git(cwd, [...diff, '--cached']));
}

/**
 * Files that differ from where the current branch left `base` (committed since, staged, changed or new); paths
 * relative to the repository's top folder.
 */
export function changedFiles(cwd: string, base: string): readonly string[] | { readonly wrong: string } {
  const commit = commitOf(cwd, base);
  if ('wrong' in commit) return commit;
  const fork = git(cwd, ['merge-base', commit.text, 'HEAD']);
  const from = 'wrong' in fork ? commit.text : fork.text.trim();
  const changed = names(git(cwd, [...diff, from], withoutFilters(cwd)));
  if ('wrong' in changed) return changed;
  const fresh = names(git(cwd, ['ls-files', '--others', '--exclude-standard', '--full-name', '-z', ':/']));
  return 'wrong' in fresh ? fresh : [...changed, ...fresh];
}

function names(answer: GitAnswer): readonly string[] | { readonly wrong: string } {
  return 'wrong' in answer ? answer : answer.text.split('\0').filter(Boolean);
}

/** Files of a commit that are not as they are there any more; relative to the repository's top folder. */
export function pathsChangedSince(
  top: string,
  commit: string,
): readonly string[] | { readonly wrong: string } {
  return names(
    git(top, [...diff.filter((arg) => !arg.startsWith('--diff-filter')), commit], withoutFilters(top)),
  );
}
