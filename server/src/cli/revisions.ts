import { documentSuffix } from '../project/document';
import { below, homeOf, join, type Rules } from '../project/discover';
import type { Files } from '../project/files';
import { commitOf, pathsChangedSince, topOf } from './git';
import { GitFiles, type Twin } from './git-files';
import { readSide, type Known, type SidePart } from './sides';

interface Wrong {
  readonly wrong: string;
}

export interface Comparison {
  readonly before: readonly SidePart[];
  readonly after: readonly SidePart[];
  /** What paths in both are relative to, absolute. */
  readonly top: string;
}

export interface ComparisonInput {
  readonly files: Files;
  readonly cwd: string;
  readonly rules: Rules;
  readonly now: number;
  /** Whether findings are wanted, too. */
  readonly findings: boolean;
}

/**
 * Reads the projects of a folder at a revision, and at another or in the working tree. Nothing is checked out.
 * Files that git says are the same are read once.
 */
export function compareRevisions(
  base: string,
  head: string | undefined,
  input: ComparisonInput,
): Comparison | Wrong {
  const { files, cwd, rules, now } = input;
  const top = topOf(cwd);
  if ('wrong' in top) return { wrong: `comparing revisions needs a git repository: ${top.wrong}` };
  const commit = commitOf(cwd, base);
  if ('wrong' in commit) return commit;
  const newer = head === undefined ? workingTree(files, top.text, commit.text) : filesAt(top.text, cwd, head);
  if ('wrong' in newer) return newer;
  const baseFiles = GitFiles.of(top.text, commit.text, newer);
  if ('wrong' in baseFiles) return baseFiles;
  const folder = commonFolder(cwd, rules, [baseFiles, newer.files]);
  const common = { rules, folder, top: top.text, now };
  const after = readSide({ ...common, files: newer.files }, input.findings);
  const known = knownFrom(after, (path) => baseFiles.isAs(newer, path));
  const before = readSide({ ...common, files: baseFiles, known, other: after }, input.findings);
  return { before, after, top: top.text };
}

/** The folder of the project that a folder is in, or was: the outer one of the two. */
function commonFolder(cwd: string, rules: Rules, sides: readonly Files[]): string {
  for (let folder = cwd; ;) {
    const [outer] = sides
      .map((files) => homeOf(files, folder, rules).root)
      .sort((a, b) => a.length - b.length);
    if (outer === folder) return folder;
    folder = outer!;
  }
}

/** The working tree, which has whatever git does not say was changed since a commit. */
function workingTree(files: Files, top: string, commit: string): Twin | Wrong {
  const changed = pathsChangedSince(top, commit);
  if ('wrong' in changed) return changed;
  const paths = new Set(changed.map((path) => join(top, path)));
  return { files, has: (path, _id, kind) => kind === 'file' && !paths.has(path) };
}

/** Reads two folders, each as a project of its own with those below it. */
export function compareFolders(base: string, head: string, input: ComparisonInput): Comparison {
  const { files, rules, now, findings } = input;
  const side = (folder: string): readonly SidePart[] => {
    const config = join(folder, 'kea-policy.config.json');
    const home = { root: folder, config: files.exists(config) ? config : undefined, repository: undefined };
    return readSide({ files, rules, folder, home, top: folder, now }, findings);
  };
  return { before: side(base), after: side(head), top: head };
}

function filesAt(top: string, cwd: string, revision: string): Twin | Wrong {
  const commit = commitOf(cwd, revision);
  if ('wrong' in commit) return commit;
  const files = GitFiles.of(top, commit.text);
  return 'wrong' in files ? files : { files, has: (path, id, kind) => files.has(path, id, kind) };
}

/** Documents of a side by absolute path. */
function knownFrom(side: readonly SidePart[], isSame: (path: string) => boolean): Known {
  return (path) => {
    if (!path.endsWith(documentSuffix) || !isSame(path)) return undefined;
    for (const { project } of side) {
      const inside = below(project.root, path);
      const document = inside === undefined ? undefined : project.document(inside);
      if (document) return document;
    }
    return undefined;
  };
}
