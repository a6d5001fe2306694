import { contentsOf, type Home } from '../project/discover';
import type { Document } from '../project/document';
import type { Files } from '../project/files';
import { glob } from '../project/glob';
import { assembled, loadConfig, plainReader } from '../project/load';
import type { Io } from './io';
import type { Progress } from './progress';
import type { Task } from './validate-options';
import type { Load } from './validation';

/** How the projects of a run are read: with threads and a cache where those help. The answer is the same. */
export interface Reading {
  readonly load: Load;
  /** To be called when all is read: writes the cache. Returns the system's reason where that failed. */
  readonly close: () => string | undefined;
  /** What was done, for `--stats`. */
  readonly notes: readonly string[];
}

/** A thread costs a start and a second warm-up of all the code: below so many documents for each it does not pay. */
const worthAThread = 10_000;

export async function reading(task: Task, io: Io, { tick }: Progress): Promise<Reading> {
  const notes: string[] = [];
  const cache =
    task.cache === undefined || task.stdinPath !== undefined
      ? undefined
      : new (await import('./cache')).Cache(io, task.cache);
  // Another thread sees the files as they are, not with standard input among them.
  const jobs = task.stdinPath === undefined ? task.jobs : 1;

  const readAll = async (files: Files, home: Home, documents: readonly string[]): Promise<Document[]> => {
    const plain = plainReader(files, home.root);
    const read = (path: string): Document => {
      tick('read');
      return plain(path);
    };
    const threads = await otherThreads(jobs, documents.length);
    if (threads === 0) return documents.map(read);
    const { readWithThreads } = await import('./threads');
    notes.push(`${documents.length} document(s) read by ${threads + 1} threads`);
    return readWithThreads(home.root, documents, read, threads, `${__dirname}/lazy/reader.js`);
  };

  return {
    notes,
    close: () => {
      if (cache) notes.push(cache.note);
      return cache?.write();
    },
    load: async (files, home, rules, whole) => {
      const config = loadConfig(files, home);
      const contents = contentsOf(files, home, rules, config?.facts.ignore.map(glob), whole);
      const { documents } = contents;
      const readThem = (paths: readonly string[]): Promise<Document[]> => readAll(files, home, paths);
      const read = await (cache ? cache.documents(home.root, documents, readThem) : readThem(documents));
      return assembled(home, config, contents, read);
    },
  };
}

/** How many threads besides this one to read documents with. */
async function otherThreads(jobs: number | undefined, documents: number): Promise<number> {
  if (jobs !== undefined) return documents > 0 ? jobs - 1 : 0;
  if (documents < 2 * worthAThread) return 0;
  const { availableParallelism } = await import('node:os');
  return Math.min(availableParallelism(), 8, Math.floor(documents / worthAThread)) - 1;
}
