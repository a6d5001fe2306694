// The extension under test: as it lies in the repository, or packed as users get it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './workspace.mjs';

/**
 * Builds the extension, so that no test runs against an older one.
 * @throws Error with what the build said
 */
export function buildExtension() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['esbuild.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
}

/**
 * Builds the extension and packs it, by `npm run package`.
 * @param {string} folder where the .vsix goes
 * @returns {string} its path
 * @throws Error with what npm said
 */
export function packExtension(folder) {
  const vsix = join(folder, 'extension.vsix');
  const { status, output } = npm(root, ['run', 'package', '--', '--out', vsix]);
  if (status !== 0) throw new Error(`npm run package failed:\n${output}`);
  return vsix;
}
