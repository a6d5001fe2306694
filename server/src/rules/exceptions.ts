import { malformed, type ExceptionFacts } from '../model/facts';
import type { Rule } from './rule';

const day = 24 * 60 * 60 * 1000;

/** Whether an exception has expired: the day that it names is still covered, in UTC. */
export function isExpired(exception: ExceptionFacts, now: number): boolean {
  if (typeof exception.expires !== 'string') return false;
  return now >= Date.parse(`${exception.expires}T00:00:00Z`) + day;
}

/**
 * Whether an exception covers the findings of a rule in its document. One that is not well-formed covers
 * nothing: a deviation must be recorded properly to count.
 */
export function covers(exception: ExceptionFacts, rule: Rule, now: number): boolean {
  return (
    exception.rule === rule.id &&
    !rule.notExceptable &&
    typeof exception.reason === 'string' &&
    exception.expires !== malformed &&
    !isExpired(exception, now)
  );
}
