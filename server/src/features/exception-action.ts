import type { CodeAction } from 'vscode-languageserver-types';
import { rulesById } from '../rules';
import { memberOrder } from '../schema/member-order';
import { editsFor, type Change, type TextEdit } from '../syntax/change';
import { nodeAt, type Parsed } from '../syntax/tree';
import type { ActionSupport, Shown } from './action';
import { kinds } from './action-kinds';
import { documentOf, type JudgedScene } from './scene';
import { sceneEdit } from './workspace-edit';

/**
 * Records an exception for the rule of a finding. The client asks for the reason where it can; otherwise the
 * reason is left empty, which covers nothing yet and is a finding itself, until somebody writes one.
 */
export function exceptionActions(
  scene: JudgedScene,
  { finding, diagnostics }: Shown,
  support: ActionSupport,
): CodeAction[] {
  const rule = rulesById.get(finding.rule);
  if (!documentOf(scene)?.facts || !rule || rule.always || rule.notExceptable) return [];
  const action = { title: `Add an exception for ${rule.id}…`, kind: kinds.exception, diagnostics };
  if (support.commands.has('keaPolicy.addException')) {
    const args = [scene.uriOf(scene.path), rule.id];
    return [
      { ...action, command: { title: action.title, command: 'keaPolicy.addException', arguments: args } },
    ];
  }
  const edit = sceneEdit(scene, exceptionEdits(scene.file.parsed, { rule: rule.id, reason: '' }), support);
  return edit
    ? [{ ...action, title: `Add an exception for ${rule.id} (its reason to be written)`, edit }]
    : [];
}

/** The edits that record an exception; `undefined` where `exceptions` is something else than an array. */
export function exceptionEdits(
  parsed: Parsed,
  exception: { readonly rule: string; readonly reason: string; readonly expires?: string },
): readonly TextEdit[] | undefined {
  const existing = nodeAt(parsed.root, '/exceptions');
  const change: Change = existing
    ? { op: 'append', pointer: '/exceptions', value: exception }
    : { op: 'set', pointer: '/exceptions', value: [exception] };
  return editsFor(parsed, [change], memberOrder);
}
