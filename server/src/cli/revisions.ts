import { documentSuffix, type Document } from '../project/document';
import { readingAids } from '../project/load';
import { maxBytes, readDocument, type Aids, type ReadDocument } from '../project/read-document';
import { below, homeOf, join, type Rules } from '../project/discover';
import type { Files } from '../project/files';
import type { Wrong } from './command';
import { fetchBlobs } from './git-files';
import { sidesBetween, sidesWithWorkingTree } from './git-sides';
import type { Differing } from '../insight/pairs';
import { judgeSides, readSide, type Known, type Side } from './sides';

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly differing: Differing;
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
export async function compareRevisions(
  base: string,
  head: string | undefined,
  input: ComparisonInput,
): Promise<Comparison | Wrong> {
  const { files, cwd, rules } = input;
  const read = new Read(files);
  const sides =
    head === undefined
      ? await sidesWithWorkingTree(cwd, base, files)
      : await sidesBetween(cwd, base, head, (path, bytes) => read.take(path, bytes));
  if ('wrong' in sides) return sides;
  const { top, older, newer } = sides;
  const wrong = await fetchBlobs(cwd, sides.wanted);
  if (wrong !== undefined) return { wrong };

  const folder = commonFolder(cwd, rules, [older, newer.files]);
  const common = { rules, folder, top };
  const after = readSide({
    ...common,
    files: newer.files,
    known: (absolute, path) => read.document(absolute, path),
  });
  const known = knownFrom(after, (path) => older.isAs(newer, path));
  const before = readSide({ ...common, files: older, known });
  return { ...judgeSides(before, after, input), top };
}

/** Documents that were read as soon as git gave their files, so that both work at a time. */
class Read {
  private readonly aids: Aids;
  private readonly documents = new Map<string, ReadDocument>();

  constructor(files: Files) {
    this.aids = readingAids(files);
  }

  take(path: string, bytes: Uint8Array | undefined): void {
    if (bytes === undefined || bytes.length > maxBytes || !path.endsWith(documentSuffix)) return;
    this.documents.set(path, readDocument(bytes, this.aids));
  }

  document(absolute: string, path: string): Document | undefined {
    const read = this.documents.get(absolute);
    return read && { path, facts: read.facts, problems: read.problems };
  }
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

/** Reads two folders, each as a project of its own with those below it. */
export function compareFolders(base: string, head: string, input: ComparisonInput): Comparison {
  const { files, rules } = input;
  const side = (folder: string): Side => {
    const config = join(folder, 'kea-policy.config.json');
    const home = {
      root: folder,
      config: files.exists(config) ? config : undefined,
      repository: files.exists(join(folder, '.git')) ? folder : undefined,
    };
    return readSide({ files, rules, folder, home, top: folder });
  };
  return { ...judgeSides(side(base), side(head), input), top: head };
}

/** Documents of a side by absolute path. */
function knownFrom(side: Side, isSame: (path: string) => boolean): Known {
  return (absolute, path) => {
    if (!absolute.endsWith(documentSuffix) || !isSame(absolute)) return undefined;
    for (const { project } of side) {
      const inside = below(project.root, absolute);
      const document = inside === undefined ? undefined : project.document(inside);
      // it may have been in another project, where its path is another one
      if (document) return document.path === path ? document : { ...document, path };
    }
    return undefined;
  };
}
