import type { TextEdit } from 'vscode-languageserver-types';
import { formatDocument } from '../engine/format';
import { difference } from '../syntax/change';
import type { Scene } from './scene';
import { lspEdits } from './workspace-edit';

/**
 * The edits that bring a file into its canonical layout; none where it has that, or is no JSON to lay out.
 * @param hasMark whether the first character stands for a byte order mark, which stays
 */
export function formatting(scene: Scene, hasMark = false): TextEdit[] {
  const { text } = scene.file.parsed;
  const formatted = formatDocument(text);
  if (formatted === undefined) return [];
  return lspEdits(scene.file, difference(text, hasMark ? ` ${formatted}` : formatted));
}
