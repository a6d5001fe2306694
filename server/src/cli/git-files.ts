import { spawnSync } from 'node:child_process';
import { folderOf, join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Entry, Files } from '../project/files';
import { safeGit } from './git';

interface Blob {
  readonly id: string;
  readonly kind: Entry['kind'];
}

/** Files that have what a commit has, and for which of its files; a commit is not asked for them then. */
export interface Twin {
  readonly files: Files;
  has(path: string, id: string, kind: Entry['kind']): boolean;
}

/**
 * The files of a commit, as if they lay where the working tree does: read from git's objects, nothing is checked
 * out. What discovery and reading need is fetched at once; other files when they are asked for.
 */
export class GitFiles implements Files {
  private readonly blobs = new Map<string, Blob>();
  private readonly folders = new Map<string, Entry[]>();
  private readonly contents = new Map<string, Uint8Array>();

  /** @param top the repository's top folder, absolute @param commit a full commit id */
  static of(top: string, commit: string, twin?: Twin): GitFiles | { readonly wrong: string } {
    const listed = run(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
    if ('wrong' in listed) return listed;
    const files = new GitFiles(top, twin);
    for (const line of new TextDecoder().decode(listed.bytes).split('\0')) {
      const entry = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line);
      if (entry) files.add(entry[3]!, entry[2]!, entry[1]!);
    }
    const wrong = files.fetch();
    return wrong === undefined ? files : { wrong };
  }

  private constructor(
    private readonly top: string,
    private readonly twin: Twin | undefined,
  ) {
    this.folders.set(top, []);
  }

  private add(path: string, id: string, mode: string): void {
    const absolute = join(this.top, path);
    const kind = mode === '120000' ? 'link' : mode === '160000' ? 'other' : 'file';
    this.blobs.set(absolute, { id, kind });
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
    entries.push({ name: path.slice(join(folder, '').length).replace(/^\//, ''), kind });
  }

  /** Reads all that discovery and validation read, in one run of git. Returns why that failed. */
  private fetch(): string | undefined {
    const wanted = [...this.blobs].filter(
      ([path, { id, kind }]) =>
        kind === 'file' &&
        !this.twin?.has(path, id, kind) &&
        (path.endsWith(documentSuffix) || path.endsWith(`/${configName}`) || path.endsWith('/.gitignore')),
    );
    if (wanted.length === 0) return undefined;
    const input = wanted.map(([, { id }]) => `${id}\n`).join('');
    const answer = run(this.top, ['cat-file', '--batch'], input);
    if ('wrong' in answer) return answer.wrong;
    const { bytes } = answer;
    let at = 0;
    for (const [path] of wanted) {
      const end = bytes.indexOf(10, at);
      const size = Number(new TextDecoder().decode(bytes.subarray(at, end)).split(' ')[2]);
      if (end < 0 || !Number.isInteger(size)) return 'git did not give all files of the revision';
      this.contents.set(path, bytes.subarray(end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
    return undefined;
  }

  /** Whether the commit has a file with that content; the same content has the same id in every commit. */
  has(path: string, id: string, kind: Entry['kind'] = 'file'): boolean {
    const blob = this.blobs.get(path);
    return blob?.id === id && blob.kind === kind;
  }

  /** Whether a file is the same elsewhere. */
  isAs(other: Twin, path: string): boolean {
    const blob = this.blobs.get(path);
    return blob !== undefined && other.has(path, blob.id, blob.kind);
  }

  list(folder: string): readonly Entry[] | undefined {
    return this.folders.get(folder);
  }

  exists(path: string): boolean {
    return path === join(this.top, '.git') || this.blobs.has(path) || this.folders.has(path);
  }

  read(path: string, limit: number): ReturnType<Files['read']> {
    const blob = this.blobs.get(path);
    if (!blob) return { fault: 'missing', reason: 'not in the revision' };
    if (blob.kind !== 'file') return { fault: 'not-a-file', reason: 'a link or a submodule' };
    if (this.twin?.has(path, blob.id, blob.kind)) {
      const same = this.twin.files.read(path, limit);
      if (!('fault' in same)) return same;
    }
    let bytes = this.contents.get(path);
    if (!bytes) {
      const answer = run(this.top, ['cat-file', 'blob', blob.id]);
      if ('wrong' in answer) return { fault: 'unreadable', reason: answer.wrong };
      bytes = answer.bytes;
      this.contents.set(path, bytes);
    }
    return bytes.length > limit ? { fault: 'too-large', reason: 'too large' } : bytes;
  }

  realPath(path: string): string | undefined {
    const blob = this.blobs.get(path);
    return blob?.kind === 'file' || this.folders.has(path) ? path : undefined;
  }
}

function run(
  cwd: string,
  args: readonly string[],
  input?: string,
): { readonly bytes: Uint8Array } | { readonly wrong: string } {
  const { status, stdout, stderr, error } = spawnSync('git', [...safeGit.args, ...args], {
    ...safeGit.options,
    cwd,
    ...(input !== undefined && { input }),
  });
  if (error) return { wrong: error.message };
  if (status === 0) return { bytes: stdout };
  return { wrong: stderr.toString('utf8').trim().split('\n').at(0) ?? `git ended with ${status}` };
}
