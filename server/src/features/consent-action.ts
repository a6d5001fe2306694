import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import { consentQuestion, recordAcceptance } from '../engine/consent';
import { memberOrder } from '../schema/member-order';
import { editsFor } from '../syntax/change';
import type { ActionSupport, Shown } from './action';
import { kinds } from './action-kinds';
import type { JudgedScene, Scene } from './scene';
import { workspaceEdit, type EditSupport } from './workspace-edit';

/**
 * The action that records an acceptance of the Statement, in the strongest form of asking that the client has:
 * its own review flow, an edit that it confirms with the sentence of the console, or a question of the server's.
 * Never preferred, never part of fixing all.
 */
export function consentAction(
  scene: JudgedScene,
  shown: Shown,
  support: ActionSupport,
): CodeAction | undefined {
  const fix = shown.finding.fixes.find((each) => each.kind === 'consent');
  if (fix?.kind !== 'consent') return undefined;
  const { title, statementVersion } = fix;
  const action = { title, kind: kinds.consent, diagnostics: shown.diagnostics };
  const uri = scene.uriOf(scene.path);
  if (support.reviewFlow) {
    return { ...action, command: { title, command: 'keaPolicy.reviewStatement', arguments: [uri] } };
  }
  if (support.annotations) {
    const acceptance = {
      version: statementVersion,
      acceptedAt: timeOf(scene.now),
      ...(support.acceptedBy && { acceptedBy: support.acceptedBy }),
    };
    const edit = acceptanceEdit(scene, acceptance, support, true);
    return edit && { ...action, edit };
  }
  if (!support.asks) return undefined;
  return {
    ...action,
    command: { title, command: 'keaPolicy.server.accept', arguments: [uri, statementVersion] },
  };
}

/**
 * The edit that records an acceptance which the user has confirmed, or will be asked to by its annotation
 * (`confirm`); `undefined` where the document has no place for it.
 */
export function acceptanceEdit(
  scene: Scene,
  acceptance: Parameters<typeof recordAcceptance>[0],
  support: EditSupport,
  confirm: boolean,
): WorkspaceEdit | undefined {
  const edits = editsFor(scene.file.parsed, [recordAcceptance(acceptance)], memberOrder);
  if (!edits?.length) return undefined;
  const annotation = {
    label: consentQuestion(acceptance.version),
    needsConfirmation: true,
    description: 'Records the acceptance in this file; it does not accept the Statement in the console.',
  };
  const file = { uri: scene.uriOf(scene.path), file: scene.file, edits };
  return workspaceEdit([file], support, confirm ? annotation : undefined);
}

/** A time as `acceptedAt` holds it: RFC 3339 with offset, to the second. */
export function timeOf(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}
