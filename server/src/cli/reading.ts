import { loadProject } from '../project/load';
import type { Io } from './io';
import type { Task } from './validate-options';

/** How the projects of a run are read: with threads and a cache where those help. The answer is the same. */
export interface Reading {
  readonly load: typeof loadProject;
  /** Ends threads and writes the cache. */
  close(): void;
  /** For `--stats`. */
  notes(): readonly string[];
}

export async function reading(_task: Task, _io: Io): Promise<Reading> {
  return { load: loadProject, close: () => {}, notes: () => [] };
}
