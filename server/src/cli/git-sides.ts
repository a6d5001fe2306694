import { join } from '../project/discover';
import type { Files } from '../project/files';
import type { Wrong } from './command';
import { commitOf, pathsChangedSince, topOf, type GitBytes } from './git';
import { GitFiles, listChanges, listFiles, type Twin, type WantedBlob } from './git-files';

/** The files of a revision, and those of another or of the working tree. */
export interface GitSides {
  /** The repository's top folder, absolute. */
  readonly top: string;
  readonly older: GitFiles;
  readonly newer: Twin;
  /** What is to be fetched before either is read. */
  readonly wanted: readonly WantedBlob[];
}

/**
 * The files of two revisions.
 * @param arrived called for each file of the newer one that is fetched
 */
export async function sidesBetween(
  cwd: string,
  base: string,
  head: string,
  arrived: (path: string, bytes: Uint8Array | undefined) => void,
): Promise<GitSides | Wrong> {
  // Git lists files while it is asked the next question.
  const lists = Promise.all([listChanges(cwd, base, head), listFiles(cwd, head)]);
  const top = topFor(cwd);
  if (typeof top !== 'string') return top;
  const [changes, files] = await lists;
  if ('wrong' in changes || 'wrong' in files) return reason(cwd, [base, head], [changes, files]);
  const newer = GitFiles.of(top, files.bytes);
  const older = newer.before(changes.bytes);
  const twin: Twin = { files: newer, has: (...file) => newer.has(...file) };
  return { top, older, newer: twin, wanted: [...newer.wanted(undefined, arrived), ...older.wanted(twin)] };
}

/** The files of a revision, and the working tree, which has whatever git does not say was changed since. */
export async function sidesWithWorkingTree(
  cwd: string,
  base: string,
  files: Files,
): Promise<GitSides | Wrong> {
  const listed = listFiles(cwd, base);
  const top = topFor(cwd);
  if (typeof top !== 'string') return top;
  const commit = commitOf(cwd, base);
  if ('wrong' in commit) return commit;
  const changed = pathsChangedSince(top, commit.text);
  if ('wrong' in changed) return changed;
  const paths = new Set(changed.map((path) => join(top, path)));
  const newer: Twin = { files, has: (path, _id, kind) => kind === 'file' && !paths.has(path) };
  const list = await listed;
  if ('wrong' in list) return list;
  const older = GitFiles.of(top, list.bytes);
  return { top, older, newer, wanted: older.wanted(newer) };
}

function topFor(cwd: string): string | Wrong {
  const top = topOf(cwd);
  return 'wrong' in top ? { wrong: `comparing revisions needs a git repository: ${top.wrong}` } : top.text;
}

/** Why git did not list: mostly since it does not know a revision. */
function reason(cwd: string, revisions: readonly string[], answers: readonly GitBytes[]): Wrong {
  for (const revision of revisions) {
    const commit = commitOf(cwd, revision);
    if ('wrong' in commit) return commit;
  }
  return answers.find((answer): answer is Wrong => 'wrong' in answer)!;
}
