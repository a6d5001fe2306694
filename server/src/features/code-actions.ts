import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import type { PlacedFinding } from '../engine/locate';
import type { ActionSupport, Shown } from './action';
import { isWanted, kinds } from './action-kinds';
import { consentActions } from './consent-action';
import { exceptionActions } from './exception-action';
import { fixAllAction, fixRuleActions } from './fix-all';
import { fixActions } from './fix-actions';
import { rewriteActions } from './rewrite-actions';
import { documentationAction } from './rule-documentation';
import { offsetAt, type JudgedScene } from './scene';
import { severityActions } from './severity-action';

export interface ActionRequest {
  readonly range: Range;
  readonly only: readonly string[] | undefined;
  /** Those that the client shows at the place: they may stand beside the range itself. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All that can be done at a place of a file. */
export function codeActions(
  scene: JudgedScene,
  request: ActionRequest,
  support: ActionSupport,
): CodeAction[] {
  const shown = findingsAt(scene, request);
  const actions = [
    ...shown.flatMap((each) => fixActions(scene, each, support)),
    ...consentActions(scene, shown, request.range, support),
    ...fixRuleActions(scene, shown, support),
    ...shown.flatMap((each) => exceptionActions(scene, each, support)),
    // what explains a rule comes before what silences it
    ...shown.flatMap((each) => documentationAction(each, support) ?? []),
    ...shown.flatMap((each) => severityActions(scene, each, support)),
    ...rewriteActions(scene, request.range, support),
    ...(wantsFixAll(shown, request) ? (fixAllAction(scene, support) ?? []) : []),
  ];
  return unique(actions.filter((action) => isWanted(action.kind ?? kinds.fix, request.only)));
}

// Finding the fixed point takes rounds of judging: not at every move of the cursor.
function wantsFixAll(shown: readonly Shown[], { only }: ActionRequest): boolean {
  if (only !== undefined) return isWanted(kinds.fixAll, only);
  return shown.some(({ finding }) => finding.fixes.some((fix) => fix.kind === 'safe'));
}

function findingsAt(scene: JudgedScene, { range, diagnostics }: ActionRequest): Shown[] {
  const start = offsetAt(scene.file.lines, range.start);
  const end = offsetAt(scene.file.lines, range.end);
  return scene.findings.flatMap((finding): Shown[] => {
    if (finding.excepted || finding.path !== scene.path) return [];
    const sent = diagnostics.filter((diagnostic) => shows(diagnostic, finding));
    const touches = finding.span.start <= end && finding.span.end >= start;
    return touches || sent.length > 0 ? [{ finding, diagnostics: sent.length > 0 ? sent : undefined }] : [];
  });
}

function shows(diagnostic: Diagnostic, finding: PlacedFinding): boolean {
  if (diagnostic.source !== undefined && diagnostic.source !== 'kea-policy') return false;
  const { from, to } = finding.span;
  const { start, end } = diagnostic.range;
  return (
    diagnostic.code === finding.rule &&
    start.line === from.line &&
    start.character === from.column &&
    end.line === to.line &&
    end.character === to.column
  );
}

// Two findings, or a finding and a switch of the group, may lead to the same edit (disable KSN): one action, of the
// first kind, with the diagnostics of all.
function unique(actions: readonly CodeAction[]): CodeAction[] {
  const byWhat = new Map<string, CodeAction>();
  for (const action of actions) {
    const what = JSON.stringify([action.title, action.edit, action.command]);
    const same = byWhat.get(what);
    if (!same) byWhat.set(what, action);
    else if (action.diagnostics) same.diagnostics = [...(same.diagnostics ?? []), ...action.diagnostics];
  }
  return [...byWhat.values()];
}
