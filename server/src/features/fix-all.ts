import type { CodeAction } from 'vscode-languageserver-types';
import { fixToFixedPoint, safeFixes } from '../engine/fixes';
import { difference } from '../syntax/change';
import type { ActionSupport, Shown } from './action';
import { kinds } from './action-kinds';
import type { JudgedScene } from './scene';
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
    const own = scene.findings.filter((finding) => finding.rule === rule && finding.path === scene.path);
    const edits = safeFixes(scene.file.parsed, own);
    if (edits.length < 2) return [];
    const edit = sceneEdit(scene, edits.flat(), support);
    return edit
      ? [{ title: `Fix all ${rule} in this file (${edits.length})`, kind: kinds.fixRule, edit }]
      : [];
  });
}
