import { malformed, wellFormed, type ExceptionFacts } from '../model/facts';
import type { GuardChange } from './diff-guards';
import type { Placed } from './pairs';

/** Exceptions that a document records anew, and those that are gone. */
export function exceptionChanges(was: Placed | undefined, is: Placed | undefined): GuardChange[] {
  const path = (is ?? was)!.path;
  const before = new Map(
    (was?.document.facts.exceptions ?? []).map((exception) => [describe(exception), exception]),
  );
  const after = new Map(
    (is?.document.facts.exceptions ?? []).map((exception) => [describe(exception), exception]),
  );
  const changes: GuardChange[] = [];
  for (const [id, exception] of after) {
    if (before.has(id)) continue;
    const message = `An exception from ${ruleOf(exception)} is recorded${approval(exception)}.`;
    changes.push({ path, what: 'exception', message, weakens: true });
  }
  for (const [id, exception] of before) {
    if (after.has(id) || !is) continue;
    changes.push({
      path,
      what: 'exception',
      message: `An exception from ${ruleOf(exception)} is gone.`,
      weakens: false,
    });
  }
  return changes;
}

const describe = ({ rule, reason, approvedBy, expires }: ExceptionFacts): string =>
  JSON.stringify(
    [rule, reason, approvedBy, expires].map((stated) => (stated === malformed ? '?' : (stated ?? null))),
  );
const ruleOf = ({ rule }: ExceptionFacts): string => wellFormed(rule) ?? 'an unreadable rule';

function approval({ approvedBy, expires }: ExceptionFacts): string {
  const by = wellFormed(approvedBy);
  const until = wellFormed(expires);
  return `${by ? `, approved by ${by}` : ', approved by nobody named'}${until ? `, until ${until}` : ', without an end'}`;
}
