import { watch } from 'chokidar';
import { slashed } from '../node-files';

/** By how much the time of a change may lie before the clock's, for systems keep it coarsely; milliseconds. */
const lag = 20;

/** How long a burst of changes (a checkout, a save of many files) may go on before it is answered. */
const burst = 100;

/**
 * Calls back after files below some paths have changed, one call at a time.
 * @param concerns whether a file, absolute and with `/`, is of interest
 * @param since when the files were first read: what was written from then on has changed, too; milliseconds
 * @returns what ends it; resolved once changes are seen
 */
export async function onChange(
  paths: readonly string[],
  concerns: (path: string) => boolean,
  changed: () => Promise<void>,
  since: number,
): Promise<() => Promise<void>> {
  const watcher = watch([...paths], {
    alwaysStat: true,
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
  let isReady = false;
  watcher.on('all', (_event, path, stats) => {
    // what has gone has no time
    const wasThere = !isReady && stats !== undefined && stats.ctimeMs < since - lag;
    if (wasThere || !concerns(slashed(path))) return;
    clearTimeout(timer);
    timer = setTimeout(answer, burst);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  isReady = true;
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
