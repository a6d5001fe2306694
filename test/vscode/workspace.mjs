// A temporary folder with copies of what a test may change.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/**
 * A folder of this process alone, taken away when `remove` is called or the process ends.
 * @returns {{path: string, remove: () => void}}
 */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'kea-vscode-'));
  const remove = () => {
    process.off('exit', remove);
    try {
      // what was killed just now may still be writing its last bytes
      rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch (error) {
      // what is left in the system's temporary folder says nothing of what was tested
      console.error(`${path} could not be taken away: ${error.message}`);
    }
  };
  process.on('exit', remove);
  return { path, remove };
}

/**
 * Copies folders into a temporary one.
 * @param {readonly string[]} folders relative to the root; none gives an empty window
 * @param {string} into
 * @returns {{folders: string[], query: Record<string, string>}} the copies, and what the page's address says so
 *   that it opens them: one as a folder, several as a workspace
 */
export function copyWorkspace(folders, into) {
  const copies = folders.map((folder) => join(into, basename(folder)));
  mkdirSync(into, { recursive: true });
  folders.forEach((folder, index) => cpSync(join(root, folder), copies[index], { recursive: true }));
  if (copies.length === 0) return { folders: [], query: { ew: 'true' } };
  if (copies.length === 1) return { folders: copies, query: { folder: copies[0] } };
  const file = join(into, 'several.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: copies.map((path) => ({ path })) }));
  return { folders: copies, query: { workspace: file } };
}
