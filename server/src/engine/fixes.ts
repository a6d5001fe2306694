import { applyEdits, editsFor, type TextEdit } from '../syntax/change';
import { parse, type Parsed } from '../syntax/tree';
import { memberOrder } from '../schema/member-order';
import type { Finding } from '../rules/finding';
import type { Fix } from '../rules/fix';
import { addsAcceptance } from './acceptance-guard';

/** A fix with the edits that carry it out in its document. */
export interface OfferedFix {
  readonly fix: Extract<Fix, { changes: unknown }>;
  readonly edits: readonly TextEdit[];
}

/** Edits for a fix; `undefined` where it has no place, changes nothing or would add an acceptance. */
export function fixEdits(parsed: Parsed, fix: Fix): readonly TextEdit[] | undefined {
  if (!('changes' in fix)) return undefined;
  const edits = editsFor(parsed, fix.changes, memberOrder);
  if (!edits?.length) return undefined;
  if (!mayName(parsed) && !edits.some((edit) => naming.test(edit.text))) return edits;
  return addsAcceptance(parsed.text, applyEdits(parsed.text, edits)) ? undefined : edits;
}

// A text that can't name "accepted" in any way holds no acceptance, and need not be read again for every fix. In
// broken text an edit may make a name of what was none.
const naming = /accepted|\\/;
const known = new WeakMap<Parsed, boolean>();

function mayName(parsed: Parsed): boolean {
  let may = known.get(parsed);
  if (may === undefined) known.set(parsed, (may = parsed.errors.length > 0 || naming.test(parsed.text)));
  return may;
}

/** The fixes of a finding that can be carried out by edits in its document now. */
export function offeredFixes(parsed: Parsed, finding: Pick<Finding, 'fixes'>): OfferedFix[] {
  return finding.fixes.flatMap((fix) => {
    const edits = fixEdits(parsed, fix);
    return edits && 'changes' in fix ? [{ fix, edits }] : [];
  });
}

/**
 * One round of safe fixes of a document: the edits of all that do not get in each other's way. Excepted
 * findings are left alone. Empty where there is nothing to do.
 */
export function safeEdits(parsed: Parsed, findings: readonly Finding[]): readonly TextEdit[] {
  const chosen = safeFixes(parsed, findings).flat();
  return chosen.length && addsAcceptance(parsed.text, applyEdits(parsed.text, chosen)) ? [] : chosen;
}

/** The same, the edits of each fix by themselves; whether together they add an acceptance is not asked yet. */
export function safeFixes(parsed: Parsed, findings: readonly Finding[]): readonly (readonly TextEdit[])[] {
  const chosen: (readonly TextEdit[])[] = [];
  const candidates = findings
    .filter((finding) => !finding.excepted)
    .flatMap((finding) => finding.fixes.filter((fix) => fix.kind === 'safe').slice(0, 1))
    .flatMap((fix) => {
      const edits = 'changes' in fix ? editsFor(parsed, fix.changes, memberOrder) : undefined;
      return edits?.length ? [edits] : [];
    })
    .sort((a, b) => a[0]!.start - b[0]!.start);
  let done = -1;
  for (const edits of candidates) {
    const start = Math.min(...edits.map((edit) => edit.start));
    if (start <= done) continue;
    chosen.push(edits);
    done = Math.max(...edits.map((edit) => edit.end));
  }
  return chosen;
}

/**
 * Applies safe fixes to a text until nothing changes.
 * @param judgeText the findings of the document if it had that text, within its project
 */
export function fixToFixedPoint(text: string, judgeText: (text: string) => readonly Finding[]): string {
  // Every safe fix removes something, so rounds end; the bound is for a fix that would break that promise.
  for (let round = 0; round < 50; round++) {
    const findings = judgeText(text);
    if (!findings.some((finding) => finding.fixes.some((fix) => fix.kind === 'safe'))) return text;
    const edits = safeEdits(parse(text), findings);
    if (edits.length === 0) return text;
    text = applyEdits(text, edits);
  }
  return text;
}
