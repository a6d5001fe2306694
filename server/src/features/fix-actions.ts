import type { CodeAction } from 'vscode-languageserver-types';
import { offeredFixes } from '../engine/fixes';
import type { Fix } from '../rules/fix';
import { value } from '../syntax/anchor';
import { commandFor, type ActionSupport, type Shown } from './action';
import { kinds } from './action-kinds';
import type { Place } from './protocol';
import { lspRange, type Scene, type JudgedScene } from './scene';
import { sceneEdit } from './workspace-edit';

/** The fixes of a finding that need no confirmation: edits, and places to go to. */
export function fixActions(
  scene: JudgedScene,
  { finding, diagnostics }: Shown,
  support: ActionSupport,
): CodeAction[] {
  const edits = offeredFixes(scene.file.parsed, finding).flatMap(({ fix, edits }): CodeAction[] => {
    const edit = sceneEdit(scene, edits, support);
    if (!edit) return [];
    return [
      {
        title: fix.title,
        kind: kinds.fix,
        diagnostics,
        edit,
        ...(fix.kind === 'safe' && { isPreferred: true }),
      },
    ];
  });
  const places = finding.fixes.flatMap((fix): CodeAction[] => {
    if (fix.kind !== 'open') return [];
    const command = openCommand(scene, fix, support);
    return command ? [{ title: fix.title, kind: kinds.fix, diagnostics, command }] : [];
  });
  return [...edits, ...places];
}

function openCommand(scene: Scene, fix: Extract<Fix, { kind: 'open' }>, support: ActionSupport) {
  const place = placeOf(scene, fix.path, fix.pointer);
  return commandFor(
    fix.title,
    { name: 'keaPolicy.openPlace', arguments: [place] },
    { name: 'keaPolicy.server.openPlace', arguments: [place], works: support.showsDocuments },
    support,
  );
}

/** Where a member stands in a file of the project. */
export function placeOf(scene: Pick<Scene, 'fileAt' | 'uriOf'>, path: string, pointer: string): Place {
  const file = scene.fileAt(path);
  return { uri: scene.uriOf(path), range: lspRange(file.lines, file.rangeOf(value(pointer))) };
}
