import { exit, type Io } from './io';
import type { Task } from './validate-options';

/** Validates now and after every change, until the process is interrupted. */
export async function watch(
  task: Task,
  io: Io,
  once: () => Promise<{ readonly code: number; readonly roots: readonly string[] }>,
): Promise<number> {
  const first = await once();
  if (first.code === exit.usage) return first.code;
  const { onChange } = await import('./lazy/watch');
  const beside = [task.baseline].filter((path) => path !== undefined);
  const ended = new Promise<number>((resolve) => {
    process.once('SIGINT', () => resolve(exit.ok));
    process.once('SIGTERM', () => resolve(exit.ok));
  });
  // What a run writes itself must not bring about the next one.
  const own = new Set(
    [...task.outputs.map(({ file }) => file), task.cache].filter((path) => path !== undefined),
  );
  const stop = await onChange([...first.roots, ...beside], own, async () => {
    io.stderr.write(`\nvalidated again at ${new Date(io.now()).toISOString()}\n`);
    await once();
  });
  io.stderr.write('watching for changes; Ctrl+C ends\n');
  const code = await ended;
  await stop();
  return code;
}
