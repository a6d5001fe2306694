import type { CodeAction, Diagnostic, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { consentQuestion, recordAcceptance } from '../engine/consent';
import { malformed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from '../project/document';
import type { Fix } from '../rules/fix';
import { consentTo, requirementOf } from '../rules/statement/requirement';
import { memberOrder } from '../schema/member-order';
import { editsFor, type Change } from '../syntax/change';
import type { ActionSupport, Shown } from './action';
import { kinds } from './action-kinds';
import { documentOf, isInKsnGroup, type Scene } from './scene';
import { workspaceEdit, type EditSupport } from './workspace-edit';

type ConsentFix = Extract<Fix, { readonly kind: 'consent' }>;
const isConsent = (fix: Fix): fix is ConsentFix => fix.kind === 'consent';

/** The acceptance that a finding asks for, or that is due in the KSN group at the place; one of them is enough. */
export function consentActions(
  scene: Scene,
  shown: readonly Shown[],
  range: Range,
  support: ActionSupport,
): CodeAction[] {
  const asking = shown.find(({ finding }) => finding.fixes.some(isConsent));
  const fix =
    asking?.finding.fixes.find(isConsent) ??
    (isInKsnGroup(scene, range.start) ? dueConsent(scene) : undefined);
  const action = fix && consentAction(scene, fix, asking?.diagnostics, support);
  return action ? [action] : [];
}

// Also while KSN usage is off: whoever wants to enable it has to accept first.
function dueConsent(scene: Scene): ConsentFix | undefined {
  const document = documentOf(scene) as PolicyDocument | DeviceDocument;
  const { statement } = document.facts.ksn;
  if (statement?.accepted === malformed || statement?.version === malformed) return undefined;
  const required = requirementOf(scene.project, document);
  if (!required || (statement?.accepted === true && statement.version === required.version)) return undefined;
  return consentTo(required);
}

/**
 * The action that records an acceptance of the Statement, in the strongest form of asking that the client has:
 * its own review flow, an edit that it confirms with the sentence of the console, or a question of the server's.
 * Never preferred, never part of fixing all.
 */
function consentAction(
  scene: Scene,
  { title, statementVersion }: ConsentFix,
  diagnostics: Diagnostic[] | undefined,
  support: ActionSupport,
): CodeAction | undefined {
  const action = { title, kind: kinds.consent, diagnostics };
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
 * (`confirm`), and what goes with it; `undefined` where the document has no place for it.
 */
export function acceptanceEdit(
  scene: Scene,
  acceptance: Parameters<typeof recordAcceptance>[0],
  support: EditSupport,
  confirm: boolean,
  also: readonly Change[] = [],
): WorkspaceEdit | undefined {
  const edits = editsFor(scene.file.parsed, [recordAcceptance(acceptance), ...also], memberOrder);
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
