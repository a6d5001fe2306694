import { duplicates } from './duplicates';
import { inexactValues } from './exact-values';
import type { Problem } from './problem';
import { syntaxErrors } from './syntax-errors';
import type { Parsed } from './tree';

/** What is wrong with a text as JSON, whatever it is meant to hold; empty for a text that is in order. */
export function syntaxProblems(parsed: Parsed): Problem[] {
  return [...syntaxErrors(parsed), ...duplicates(parsed), ...inexactValues(parsed)];
}
