import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ConfigFacts } from '../model/config';
import { below, join } from './discover';
import type { TextState } from './document';
import type { Files } from './files';

/** Statement texts larger than this are refused: 1 MiB. */
export const maxText = 1024 * 1024;

/**
 * Looks at the Statement texts that a config names by `file`: inside its folder, there, and what their hash is.
 * @param folder of the config, absolute
 * @returns states by the text's pointer (`/statements/0/texts/1`)
 */
export function textStates(
  files: Files,
  folder: string,
  config: ConfigFacts,
): ReadonlyMap<string, TextState> {
  const states = new Map<string, TextState>();
  for (const { texts } of config.statements) {
    for (const { file, pointer } of texts) {
      if (typeof file === 'string') states.set(pointer, textState(files, folder, file));
    }
  }
  return states;
}

function textState(files: Files, folder: string, file: string): TextState {
  const path = catalogueTextPath(files, folder, file);
  if (typeof path !== 'string') return path;
  const bytes = files.read(path, maxText);
  if ('fault' in bytes) return { state: bytes.fault };
  return { state: 'ok', sha256: bytesToHex(sha256(bytes)) };
}

/**
 * The real path of a text that a config names, or why it must not be read: configs come from anybody, so the
 * text of the path is judged before the file system is asked, and where it really leads before it is opened.
 */
export function catalogueTextPath(files: Files, folder: string, file: string): string | TextState {
  const inside = withinFolder(file);
  if (inside === undefined) return { state: 'outside' };
  if (inside === '') return { state: 'not-a-file' };
  const real = files.realPath(join(folder, inside));
  if (real === undefined) return { state: 'missing' };
  const root = files.realPath(folder);
  return root !== undefined && below(root, real) ? real : { state: 'outside' };
}

/** A relative path without `.` and `..`; `undefined` for one that is not relative or leads out of its folder. */
export function withinFolder(file: string): string | undefined {
  if (/^[/\\]|^[A-Za-z]:|\\|\0/.test(file)) return undefined;
  const parts: string[] = [];
  for (const part of file.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
