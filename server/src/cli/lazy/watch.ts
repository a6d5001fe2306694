import { watch } from 'chokidar';
import { slashed } from '../node-files';

/** How long a burst of changes (a checkout, a save of many files) may go on before it is answered. */
const burst = 100;

/**
 * Calls back after files below some paths have changed, one call at a time.
 * @param concerns whether a file, absolute and with `/`, is of interest
 * @returns what ends it; resolved once changes are seen
 */
export async function onChange(
  paths: readonly string[],
  concerns: (path: string) => boolean,
  changed: () => Promise<void>,
): Promise<() => Promise<void>> {
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path) => /[\\/](\.git|node_modules)$/.test(path),
    followSymlinks: false,
  });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const answer = (): void => {
    if (running) {
      timer = setTimeout(answer, burst);
      return;
    }
    running = changed().finally(() => (running = undefined));
  };
  watcher.on('all', (_event, path) => {
    if (!concerns(slashed(path))) return;
    clearTimeout(timer);
    timer = setTimeout(answer, burst);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
