import { decode } from '../syntax/decode';
import { folderOf, join, type Home } from '../project/discover';
import { configName } from '../project/document';
import type { Files } from '../project/files';
import { maxBytes } from '../project/read-document';
import { absolute, relative } from './paths';

/** The text of a file without byte order mark; `undefined` where it has none that could be read. */
export function textAt(files: Files, path: string): string | undefined {
  const bytes = files.read(path, maxBytes);
  if ('fault' in bytes) return undefined;
  const decoded = decode(bytes);
  return 'fault' in decoded ? undefined : decoded.text;
}

/** The project that `--config` fixes, or in words why it can't be. */
export function homeOfConfig(files: Files, cwd: string, written: string): Home | string {
  const config = absolute(cwd, written);
  const bytes = files.read(config, maxBytes);
  if ('fault' in bytes) {
    const shown = relative(cwd, config);
    return files.list(config)
      ? `the config ${shown} is a folder: name the file in it (--config ${relative(cwd, join(config, configName))})`
      : `the config ${shown} cannot be read: ${bytes.reason}`;
  }
  const root = folderOf(config);
  return { root, config, repository: repositoryAbove(files, root) };
}

/** The folder at or above one that contains `.git`. */
export function repositoryAbove(files: Files, folder: string): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    if (files.exists(join(at, '.git'))) return at;
    if (at === folderOf(at)) return undefined;
  }
}
