import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Document } from '../project/document';
import type { Io } from './io';
import { RowReader, RowWriter, type Rows } from './rows';
import { version } from './version';

/** What tells whether a file is still the same without reading it, as git does; `undefined` where it is not there. */
type Identity = readonly [size: number, modified: number, changed: number, inode: number];

/** What is kept of a project: for each path its identity when it was read, and what it said. */
interface Kept {
  readonly paths: readonly string[];
  /** Four numbers for each path. */
  readonly identities: readonly number[];
  readonly rows: Omit<Rows, 'index'> & { readonly index: readonly number[] };
}

interface Content {
  readonly made: string;
  readonly projects: Readonly<Record<string, Kept>>;
}

/**
 * A file changed so shortly before it was read may change again without its times telling: their grain is two
 * seconds on some file systems.
 */
const grain = 3_000;

const none: Document['problems'] = Object.freeze([]);

/**
 * Documents of earlier runs, by the identity of their files. Only documents in order are kept, as the facts that
 * rules look at, so that a run with the cache judges exactly what one without it would.
 */
export class Cache {
  private readonly before: Content | undefined;
  /** Something else is kept at its path. */
  private readonly isOther: boolean;
  private readonly after: Record<string, Kept> = {};
  private misses = 0;
  private isStale = false;

  /** @param path where it is kept; what is there and is no cache of this release is not used */
  constructor(
    private readonly io: Io,
    private readonly path: string,
  ) {
    const text = textAt(io, path);
    this.isOther = text === undefined ? io.files.exists(path) : text !== '' && !startsLikeOne.test(text);
    this.before = text === undefined ? undefined : contentOf(text);
  }

  /**
   * The documents of a project, in the order of their paths.
   * @param root of the project, absolute
   * @param readMissing reads what the cache does not have, in the order given
   */
  async documents(
    root: string,
    paths: readonly string[],
    readMissing: (paths: readonly string[]) => Promise<Document[]>,
  ): Promise<Document[]> {
    const folder = root.endsWith('/') ? root : `${root}/`;
    const kept = this.before?.projects[root];
    const facts = kept && new RowReader().read({ ...kept.rows, index: Int32Array.from(kept.rows.index) });
    let places: ReadonlyMap<string, number> | undefined;
    const placeOf = (path: string): number | undefined =>
      (places ??= new Map(kept?.paths.map((known, i) => [known, i]))).get(path);
    const documents: Document[] = [];
    const identities: (Identity | undefined)[] = [];
    const missing: number[] = [];
    let fresh = kept?.paths.length !== paths.length;
    const now = this.io.now();
    paths.forEach((path, i) => {
      const identity = identityOf(folder + path);
      identities.push(identity);
      // Paths come in the same order as last time, nearly always.
      const at = kept?.paths[i] === path ? i : placeOf(path);
      const same = at !== undefined && identity !== undefined && isSame(identity, kept!.identities, at);
      const read = same ? facts![at] : undefined;
      fresh ||= !same;
      if (read) documents[i] = { path, facts: read, problems: none };
      else missing.push(i);
    });
    if (missing.length > 0) {
      const read = await readMissing(missing.map((i) => paths[i]!));
      missing.forEach((i, j) => (documents[i] = read[j]!));
    }
    this.misses += missing.length;
    if (fresh) this.keep(root, documents, identities, now);
    this.isStale ||= fresh;
    return documents;
  }

  private keep(
    root: string,
    documents: readonly Document[],
    identities: readonly (Identity | undefined)[],
    now: number,
  ): void {
    const writer = new RowWriter();
    const paths: string[] = [];
    const numbers: number[] = [];
    documents.forEach((document, i) => {
      const identity = identities[i];
      if (!identity || Math.max(identity[1], identity[2]) > now - grain) return;
      paths.push(document.path);
      numbers.push(...identity);
      writer.add(document);
    });
    const { index, ...rows } = writer.take();
    this.after[root] = { paths, identities: numbers, rows: { ...rows, index: [...index] } };
  }

  /**
   * Writes what was read, where anything changed; projects that this run did not ask for are kept.
   * @returns the system's reason where that failed
   */
  write(): string | undefined {
    if (!this.isStale) return undefined;
    if (this.isOther) return 'it is there and is no cache of kea-policy, so it is left as it is';
    const content: Content = { made: maker(), projects: { ...this.before?.projects, ...this.after } };
    const text = JSON.stringify(content);
    return this.io.write(this.path, `${digest(text)}\n${text}\n`);
  }

  /** For `--stats`. */
  get note(): string {
    return `${this.misses} document(s) were not in the cache`;
  }
}

function identityOf(path: string): Identity | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  // Milliseconds with a fraction: 244 ns apart is told apart, and what is closer is not kept.
  return stats?.isFile() ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino] : undefined;
}

function isSame(identity: Identity, all: readonly number[], at: number): boolean {
  for (let i = 0; i < 4; i++) if (identity[i] !== all[4 * at + i]) return false;
  return true;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What made a cache: a release, and of a build in the works the file that it runs from. */
function maker(): string {
  const program = statSync(__filename, { throwIfNoEntry: false });
  return `kea-policy ${version} ${program?.size ?? 0} ${program?.mtimeMs ?? 0}`;
}

/** A cache begins with the digest of the rest, so that a damaged one is told from another file. */
const startsLikeOne = /^[0-9a-f]{64}(\n|$)/;

function textAt(io: Io, path: string): string | undefined {
  const bytes = io.files.read(path, 512 * 1024 * 1024);
  return 'fault' in bytes ? undefined : new TextDecoder().decode(bytes);
}

/** A damaged cache, or one that another release made, is as good as none. */
function contentOf(text: string): Content | undefined {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1, -1);
  if (end < 0 || text.slice(0, end) !== digest(body)) return undefined;
  const content = JSON.parse(body) as Content;
  return content.made === maker() ? content : undefined;
}
