import { exit, type Io } from './io';
import { absolute } from './paths';
import { isDocumentName } from './selection';
import type { Task } from './validate-options';

/** What came of a run, and what its answer hangs on. */
export interface Run {
  readonly code: number;
  /** The folders whose change may change the answer. */
  readonly roots: readonly string[];
  /** The files in them that do, beside policies, devices, configs and `.gitignore`. */
  readonly beside: readonly string[];
}

/** Validates now and after every change, until the process is interrupted. */
export async function watch(task: Task, io: Io, once: () => Promise<Run>): Promise<number> {
  const since = io.now();
  const first = await once();
  if (first.code === exit.usage) return first.code;
  const { onChange } = await import('./lazy/watch');
  const known = named(task, io);
  let beside = new Set([...known, ...first.beside]);
  // Reports, caches and whatever output is led to must not bring about the next run, which would write them again.
  const concerns = (path: string): boolean =>
    isDocumentName(path) || path.endsWith('/.gitignore') || beside.has(path);
  const ended = new Promise<number>((resolve) => {
    process.once('SIGINT', () => resolve(exit.ok));
    process.once('SIGTERM', () => resolve(exit.ok));
  });
  const again = async (): Promise<void> => {
    io.stderr.write(`\nvalidated again at ${new Date(io.now()).toISOString()}\n`);
    beside = new Set([...known, ...(await once()).beside]);
  };
  const stop = await onChange([...first.roots, ...known], concerns, again, since);
  io.stderr.write('watching for changes; Ctrl+C ends\n');
  const code = await ended;
  await stop();
  return code;
}

/** The files that options name and that are read in every run; absolute. */
function named({ baseline, writeBaseline, config, filesFrom }: Task, io: Io): string[] {
  const lists = filesFrom.filter((file) => file !== '-').map((file) => absolute(io.cwd, file));
  const read = [baseline, config, ...lists].filter((path) => path !== undefined);
  return read.filter((path) => path !== writeBaseline);
}
