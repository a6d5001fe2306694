import type { Position, Range as LspRange, WorkspaceEdit } from 'vscode-languageserver-types';
import { addsAcceptance } from '../engine/acceptance-guard';
import { applyEdits, type TextEdit } from '../syntax/change';
import { nodeAt, plain } from '../syntax/tree';
import { occurrences, wordAt, type Occurrence, type Word } from './occurrences';
import { plural } from './names';
import { lspRange, type Scene } from './scene';
import { workspaceEdit, type EditSupport, type FileEdits } from './workspace-edit';

/** What can be renamed at a place: its range and present name; `undefined` where nothing can. */
export function prepareRename(
  scene: Scene,
  position: Position,
): { readonly range: LspRange; readonly placeholder: string } | undefined {
  const word = wordAt(scene, position);
  return word && { range: lspRange(scene.file.lines, word.range), placeholder: lastPart(word) };
}

export type Renamed =
  | {
      readonly ok: true;
      readonly edit: WorkspaceEdit;
      /** Said to the user beside it. */ readonly note?: string;
    }
  | { readonly ok: false; readonly message: string };

/**
 * Renames a Statement version or a group in all files of the project. A Statement recorded as accepted is left
 * alone: its version is part of the record, and another one would be an acceptance that nobody gave.
 */
export function rename(
  scene: Scene,
  position: Position,
  newName: string,
  support: EditSupport,
): Renamed | undefined {
  const word = wordAt(scene, position);
  if (!word) return undefined;
  const refusal = refuse(scene, word, newName);
  if (refusal) return { ok: false, message: refusal };
  const all = newName === lastPart(word) ? [] : occurrences(scene, word);
  const kept = all.filter((each) => !isAccepted(each));
  const files = new Map<string, FileEdits & { edits: TextEdit[] }>();
  for (const each of kept) {
    const file = files.get(each.path) ?? { uri: scene.uriOf(each.path), file: each.file, edits: [] };
    file.edits.push(editOf(word, each, newName));
    files.set(each.path, file);
  }
  const harmless = [...files.values()].filter(
    ({ file, edits }) => !addsAcceptance(file.parsed.text, applyEdits(file.parsed.text, edits)),
  );
  const skipped = all.length - kept.length + (files.size - harmless.length);
  return {
    ok: true,
    edit: workspaceEdit(harmless, support),
    ...(skipped > 0 && {
      note: `${plural(skipped, 'Statement that is recorded as accepted was', 'Statements that are recorded as accepted were')} not renamed: the version is part of the record of acceptance.`,
    }),
  };
}

function refuse(scene: Scene, word: Word, newName: string): string | undefined {
  if (newName === '' || newName.length > 100) return 'The new name must have 1 to 100 characters.';
  if (word.of === 'statement') return undefined;
  if (newName.includes('/')) return 'The name of a group has no “/”: rename one part of the path at a time.';
  if (newName.trim() !== newName) return 'The name of a group has no blanks at its ends.';
  const path = word.text.slice(0, word.text.lastIndexOf('/') + 1) + newName;
  const isTaken = path !== word.text && occurrences(scene, { ...word, text: path }).length > 0;
  return isTaken
    ? `There is a group ${path} already: two groups can’t be made into one by renaming.`
    : undefined;
}

function isAccepted({ file, pointer }: Occurrence): boolean {
  if (pointer !== '/ksn/statement/version') return false;
  return plain(nodeAt(file.parsed.root, '/ksn/statement/accepted')) === true;
}

function editOf(word: Word, { range, value, file }: Occurrence, newName: string): TextEdit {
  const literal = JSON.stringify(newName).slice(1, -1);
  const raw = file.parsed.text.slice(range.start, range.end);
  if (word.of === 'statement' || raw === lastPart(word)) return { ...range, text: literal };
  // The path is written with escapes: it is written anew as a whole.
  const path = word.text.slice(0, word.text.lastIndexOf('/') + 1) + newName + value.slice(word.text.length);
  return { ...range, text: JSON.stringify(path).slice(1, -1) };
}

const lastPart = (word: Word): string =>
  word.of === 'statement' ? word.text : word.text.slice(word.text.lastIndexOf('/') + 1);
