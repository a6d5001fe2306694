import * as fs from 'node:fs';
import { nodeFiles, slashed } from './cli/node-files';
import { version } from './cli/version';
import { compareRevisions } from './cli/revisions';
import { rulesFor } from './cli/selection';
import { diff } from './insight/diff';
import { diffBlocks } from './insight/diff-blocks';
import { linkedMarkdown } from './insight/linked';
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
      const watcher = fs.watch(folder, { persistent: false }, (_, name) => {
        if (name !== null) changed(`${folder}/${slashed(name)}`);
      });
      // A folder that goes away ends its watching; what it held is then heard of by other ways, or not at all.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return undefined;
    }
  },
  async diff(folder, base, uriOf) {
    const rules = rulesFor(folder, true, true);
    const input = { files: nodeFiles, cwd: folder, rules, now: Date.now(), findings: true };
    const compared = await compareRevisions(base, undefined, input);
    if ('wrong' in compared) return { ok: false, message: compared.wrong };
    const { before, after, differing } = compared;
    const answer = diff(before, after, differing);
    return { ok: true, text: linkedMarkdown((shown) => diffBlocks(answer, shown), uriOf) };
  },
  version,
};
