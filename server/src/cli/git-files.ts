import { folderOf, join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Entry, Files } from '../project/files';
import { gitBytes, startGit, streamGit } from './git';
import { Blobs } from './git-blobs';
import { followed } from './git-links';

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

/** So many files of a commit are worth a second run of git beside the first. */
const worthHalving = 1000;

/**
 * The files of a commit, as if they lay where the working tree does: read from git's objects, nothing is checked
 * out. What discovery and reading need is fetched at once; other files when they are asked for.
 */
export class GitFiles implements Files {
  private readonly blobs = new Map<string, Blob>();
  private readonly folders = new Map<string, Entry[]>();
  /** `undefined`: too large to be kept. */
  private readonly contents = new Map<string, Uint8Array | undefined>();

  private twin: Twin | undefined;
  private hasLinks = false;

  /**
   * Which files there are; what they contain is to be had after `fetch`.
   * @param top the repository's top folder, absolute @param commit a full commit id
   */
  static async of(top: string, commit: string): Promise<GitFiles | { readonly wrong: string }> {
    const listed = await startGit(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
    if ('wrong' in listed) return listed;
    const files = new GitFiles(top);
    for (const line of new TextDecoder().decode(listed.bytes).split('\0')) {
      // `100644 blob ID<tab>PATH`
      const tab = line.indexOf('\t');
      if (tab > 0)
        files.add(line.slice(tab + 1), line.slice(line.lastIndexOf(' ', tab) + 1, tab), line.slice(0, 6));
    }
    return files;
  }

  private constructor(private readonly top: string) {
    this.folders.set(top, []);
  }

  private add(path: string, id: string, mode: string): void {
    const absolute = join(this.top, path);
    const kind = mode === '120000' ? 'link' : mode === '160000' ? 'other' : 'file';
    this.blobs.set(absolute, { id, kind });
    this.hasLinks ||= kind === 'link';
    this.enter(absolute, kind);
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
   * Reads all that discovery and validation read, but for what the twin has. Returns why that failed.
   * @param twin asked for those files later, too
   * @param arrived called for each file, while git unpacks the next ones; without bytes for one that is too large
   */
  async fetch(
    twin?: Twin,
    arrived: (path: string, bytes: Uint8Array | undefined) => void = () => {},
  ): Promise<string | undefined> {
    this.twin = twin;
    const wanted: string[] = [];
    for (const [path, { id, kind }] of this.blobs) {
      const isRead =
        path.endsWith(documentSuffix) || path.endsWith(`/${configName}`) || path.endsWith('/.gitignore');
      if (kind === 'link' || (isRead && kind === 'file' && !twin?.has(path, id, kind))) wanted.push(path);
    }
    // Unpacking is what takes long: a second git does half of it on another core.
    const half = wanted.length < worthHalving ? wanted.length : wanted.length >> 1;
    const take = (path: string, bytes: Uint8Array | undefined): void => {
      this.contents.set(path, bytes);
      if (this.blobs.get(path)!.kind === 'file') arrived(path, bytes);
    };
    const wrong = await Promise.all([
      this.fetchThese(wanted.slice(0, half), take),
      this.fetchThese(wanted.slice(half), take),
    ]);
    return wrong.find((reason) => reason !== undefined);
  }

  private async fetchThese(
    wanted: readonly string[],
    take: (path: string, bytes: Uint8Array | undefined) => void,
  ): Promise<string | undefined> {
    if (wanted.length === 0) return undefined;
    const input = wanted.map((path) => `${this.blobs.get(path)!.id}\n`).join('');
    let taken = 0;
    const blobs = new Blobs((bytes) => take(wanted[taken++]!, bytes));
    const args = ['cat-file', '--batch', '--buffer'];
    const wrong = await streamGit(this.top, args, input, (piece) => blobs.push(piece));
    return wrong ?? (taken < wanted.length ? lacking : undefined);
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
