import * as fs from 'node:fs';
import { nodeFiles, slashed } from './cli/node-files';
import { version } from './cli/version';
import type { Runtime } from './lsp/runtime';

/** Node as the server's world. */
export const nodeRuntime: Runtime = {
  files: nodeFiles,
  now: () => Date.now(),
  soon: (callback) => void setImmediate(callback),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  watch(folder, changed) {
    try {
      const watcher = fs.watch(folder, { recursive: true, persistent: false }, (_, name) => {
        if (name !== null) changed(`${folder}/${slashed(name)}`);
      });
      // A folder that goes away ends its watching; what it held is then heard of by other ways, or not at all.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return undefined;
    }
  },
  version,
};
