import type { CodeAction } from 'vscode-languageserver-types';
import { fixEdits, fixToFixedPoint } from '../engine/fixes';
import { difference, type TextEdit } from '../syntax/change';
import { kinds } from './action-kinds';
import type { ActionSupport, JudgedScene, Shown } from './code-actions';
import { sceneEdit } from './workspace-edit';

/** All safe fixes of the file, to a fixed point, as one action; none where there is nothing safe to fix. */
export function fixAllAction(scene: JudgedScene, support: ActionSupport): CodeAction[] | undefined {
  const safe = scene.findings.some(
    ({ excepted, fixes }) => !excepted && fixes.some((fix) => fix.kind === 'safe'),
  );
  if (!safe) return undefined;
  const { text } = scene.file.parsed;
  const fixed = fixToFixedPoint(text, (changed) => scene.judgeText(changed));
  const edit = sceneEdit(scene, difference(text, fixed), support);
  return edit && [{ title: 'Apply all safe fixes in this file', kind: kinds.fixAll, edit }];
}

/** For each rule at the place that has several findings with a safe fix in the file: all of them at once. */
export function fixRuleActions(
  scene: JudgedScene,
  shown: readonly Shown[],
  support: ActionSupport,
): CodeAction[] {
  const rules = new Set(shown.map(({ finding }) => finding.rule));
  return [...rules].flatMap((rule): CodeAction[] => {
    const edits = disjoint(
      scene.findings
        .filter((finding) => finding.rule === rule && !finding.excepted && finding.path === scene.path)
        .flatMap((finding) => finding.fixes.filter((fix) => fix.kind === 'safe').slice(0, 1))
        .flatMap((fix) => {
          const edits = fixEdits(scene.file.parsed, fix);
          return edits ? [edits] : [];
        }),
    );
    if (edits.length < 2) return [];
    const edit = sceneEdit(scene, edits.flat(), support);
    return edit
      ? [{ title: `Fix all ${rule} in this file (${edits.length})`, kind: kinds.fixRule, edit }]
      : [];
  });
}

/** Leaves out edits that get in the way of an earlier one. */
function disjoint(all: readonly (readonly TextEdit[])[]): readonly (readonly TextEdit[])[] {
  const kept: (readonly TextEdit[])[] = [];
  let done = -1;
  for (const edits of [...all].sort((a, b) => a[0]!.start - b[0]!.start)) {
    if (Math.min(...edits.map((edit) => edit.start)) <= done) continue;
    kept.push(edits);
    done = Math.max(...edits.map((edit) => edit.end));
  }
  return kept;
}
