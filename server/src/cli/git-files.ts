import { folderOf, join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Entry, Files } from '../project/files';
import { gitBytes, startGit, runGit, type GitBytes } from './git';
import { Blobs } from './git-blobs';
import { followed } from './git-links';
import { spoolGit } from './git-spool';

/** A content that is to be read, and what it is handed to. */
export interface WantedBlob {
  readonly id: string;
  readonly take: (bytes: Uint8Array | undefined) => void;
}

interface Blob {
  readonly id: string;
  readonly kind: Entry['kind'];
}

/** Files that have what a commit has, and for which of its files; a commit is not asked for them then. */
export interface Twin {
  readonly files: Files;
  has(path: string, id: string, kind: Entry['kind']): boolean;
}

const lacking =
  'git does not have all files of the revision: this clone is partial, or damaged (clone it whole, without --filter)';

const absent = '000000';

function kindOf(mode: string): Entry['kind'] {
  return mode === '120000' ? 'link' : mode === '160000' ? 'other' : 'file';
}

/** So many files of a commit are worth a second run of git beside the first. */
const worthHalving = 1000;

/** So many files of a run are worth a file between git and us. */
const worthSpooling = 400;

/** Lists the files of a revision while other things are done, from any folder of the repository. */
export function listFiles(cwd: string, revision: string): Promise<GitBytes> {
  return startGit(cwd, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', `${revision}^{commit}`]);
}

/** Lists what is other in one revision than in another, in the same way. */
export function listChanges(cwd: string, from: string, to: string): Promise<GitBytes> {
  const how = ['-r', '-z', '--raw', '--no-renames', '--ignore-submodules=none', '--end-of-options'];
  return startGit(cwd, ['diff-tree', ...how, `${from}^{commit}`, `${to}^{commit}`]);
}

/** Reads contents, in two runs of git at once. Returns why that failed. */
export async function fetchBlobs(cwd: string, wanted: readonly WantedBlob[]): Promise<string | undefined> {
  // Unpacking is what takes long: a second git does half of it on another core.
  const half = wanted.length < worthHalving ? wanted.length : wanted.length >> 1;
  const runs = [wanted.slice(0, half), wanted.slice(half)].filter(({ length }) => length > 0);
  const wrong = await Promise.all(runs.map((some) => fetchThese(cwd, some)));
  return wrong.find((reason) => reason !== undefined);
}

async function fetchThese(cwd: string, wanted: readonly WantedBlob[]): Promise<string | undefined> {
  let taken = 0;
  const blobs = new Blobs((bytes) => wanted[taken++]!.take(bytes));
  const input = wanted.map(({ id }) => `${id}\n`).join('');
  const args = ['cat-file', '--batch', '--buffer'];
  const push = (piece: Buffer): void => blobs.push(piece);
  const isSpooled = wanted.length >= worthSpooling && (await spoolGit(cwd, args, input, push));
  const wrong = isSpooled ? undefined : await runGit(cwd, args, input, push);
  blobs.end();
  return wrong ?? (taken < wanted.length ? lacking : undefined);
}

/**
 * The files of a commit, as if they lay where the working tree does: read from git's objects, nothing is checked
 * out. What discovery and reading need is fetched at once; other files when they are asked for.
 */
export class GitFiles implements Files {
  private readonly blobs: Map<string, Blob>;
  private folders = new Map<string, Entry[]>();
  /** `undefined`: too large to be kept. */
  private readonly contents = new Map<string, Uint8Array | undefined>();

  private twin: Twin | undefined;
  private hasLinks = false;

  /**
   * Which files there are; what they contain is to be had once `wanted` is fetched.
   * @param top the repository's top folder, absolute
   * @param listed what `listFiles` gave
   */
  static of(top: string, listed: Uint8Array): GitFiles {
    const files = new GitFiles(top);
    for (const line of new TextDecoder().decode(listed).split('\0')) {
      // `100644 blob ID<tab>PATH`
      const tab = line.indexOf('\t');
      if (tab < 0) continue;
      const id = line.slice(line.lastIndexOf(' ', tab) + 1, tab);
      files.blobs.set(join(top, line.slice(tab + 1)), { id, kind: kindOf(line.slice(0, 6)) });
    }
    files.enterAll();
    return files;
  }

  /**
   * The files of another revision.
   * @param changes what `listChanges` gave from that one to this
   */
  before(changes: Uint8Array): GitFiles {
    const older = new GitFiles(this.top, this.blobs);
    let samePaths = true;
    const parts = new TextDecoder().decode(changes).split('\0');
    for (let i = 0; i + 1 < parts.length; i += 2) {
      // `:100644 100644 ID ID M`, and the path behind it; the mode of what is not there is 0
      const [mode, newMode, id] = parts[i]!.slice(1).split(' ');
      const path = join(this.top, parts[i + 1]!);
      samePaths &&= mode === newMode;
      if (mode === absent) older.blobs.delete(path);
      else older.blobs.set(path, { id: id!, kind: kindOf(mode!) });
    }
    older.enterAll(samePaths ? this.folders : undefined);
    return older;
  }

  private constructor(
    private readonly top: string,
    blobs: Iterable<[string, Blob]> = [],
  ) {
    this.blobs = new Map(blobs);
  }

  /** @param known the folders, where these paths are known to be in them */
  private enterAll(known?: Map<string, Entry[]>): void {
    this.folders = known ?? new Map([[this.top, []]]);
    for (const [path, { kind }] of this.blobs) {
      this.hasLinks ||= kind === 'link';
      if (!known) this.enter(path, kind);
    }
  }

  private enter(path: string, kind: Entry['kind']): void {
    const folder = folderOf(path);
    let entries = this.folders.get(folder);
    if (!entries) {
      entries = [];
      this.folders.set(folder, entries);
      this.enter(folder, 'folder');
    }
    entries.push({ name: path.slice(path.lastIndexOf('/') + 1), kind });
  }

  /**
   * Names all that discovery and validation read, but for what the twin has.
   * @param twin asked for those files later, too
   * @param arrived called for each file, while git unpacks the next ones; without bytes for one that is too large
   */
  wanted(
    twin?: Twin,
    arrived: (path: string, bytes: Uint8Array | undefined) => void = () => {},
  ): WantedBlob[] {
    this.twin = twin;
    const wanted: WantedBlob[] = [];
    for (const [path, { id, kind }] of this.blobs) {
      const isRead =
        path.endsWith(documentSuffix) || path.endsWith(`/${configName}`) || path.endsWith('/.gitignore');
      if (kind !== 'link' && !(isRead && kind === 'file' && !twin?.has(path, id, kind))) continue;
      const take = (bytes: Uint8Array | undefined): void => {
        this.contents.set(path, bytes);
        if (kind === 'file') arrived(path, bytes);
      };
      wanted.push({ id, take });
    }
    return wanted;
  }

  /** Whether the commit has a file with that content; the same content has the same id in every commit. */
  has(path: string, id: string, kind: Entry['kind'] = 'file'): boolean {
    const blob = this.blobs.get(path);
    return blob?.id === id && blob.kind === kind;
  }

  /** Whether a file is the same elsewhere; what a link leads to may be another one. */
  isAs(other: Twin, path: string): boolean {
    const blob = this.blobs.get(path);
    return blob?.kind === 'file' && other.has(path, blob.id, blob.kind);
  }

  list(folder: string): readonly Entry[] | undefined {
    return this.folders.get(folder) ?? this.folders.get(this.realPath(folder) ?? '');
  }

  exists(path: string): boolean {
    return path === join(this.top, '.git') || this.blobs.has(path) || this.realPath(path) !== undefined;
  }

  read(path: string, limit: number): ReturnType<Files['read']> {
    const blob = this.blobs.get(path);
    if (blob?.kind !== 'file') {
      const real = this.realPath(path);
      if (real !== undefined && this.blobs.get(real)?.kind === 'file') return this.read(real, limit);
      if (blob) return { fault: 'not-a-file', reason: 'a submodule, or a link that leads nowhere' };
      return { fault: 'missing', reason: 'not in the revision' };
    }
    if (this.twin?.has(path, blob.id, blob.kind)) {
      const same = this.twin.files.read(path, limit);
      if (!('fault' in same)) return same;
    }
    let bytes = this.contents.get(path);
    if (!this.contents.has(path)) {
      const answer = gitBytes(this.top, ['cat-file', 'blob', blob.id]);
      if ('wrong' in answer) return { fault: 'unreadable', reason: answer.wrong };
      bytes = answer.bytes;
      this.contents.set(path, bytes);
    }
    return bytes === undefined || bytes.length > limit ? { fault: 'too-large', reason: 'too large' } : bytes;
  }

  realPath(path: string): string | undefined {
    if (this.blobs.get(path)?.kind === 'file' || this.folders.has(path)) return path;
    if (!this.hasLinks) return undefined;
    return followed(this.top, path, (at) => {
      if (this.folders.has(at)) return 'folder';
      const kind = this.blobs.get(at)?.kind;
      if (kind !== 'link') return kind === 'file' ? 'file' : undefined;
      const bytes = this.contents.get(at);
      return { target: bytes && new TextDecoder().decode(bytes) };
    });
  }
}
