import { createScanner } from 'jsonc-parser';

/** How deep a document may be nested: `{}` is 1. */
export const maxDepth = 64;

// Tokens of jsonc-parser, whose const enum can't be used with isolated modules.
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
const endOfFile = 17;

/**
 * Whether a text, broken or not, may take the tolerant parser deeper than `limit`. Not recursive itself, and
 * for strict JSON exact. In broken text a bracket of the wrong kind closes nothing, neither here nor there.
 */
export function isDeeperThan(text: string, limit: number): boolean {
  if (!hasMoreBrackets(text, limit)) return false;
  const scanner = createScanner(text, true);
  const open: number[] = [];
  for (;;) {
    const token = scanner.scan() as number;
    if (token === endOfFile) return false;
    if (token === openBrace || token === openBracket) {
      if (open.push(token) > limit) return true;
    } else if (
      (token === closeBrace && open.at(-1) === openBrace) ||
      (token === closeBracket && open.at(-1) === openBracket)
    ) {
      open.pop();
    }
  }
}

/** Whether so many brackets open, those in strings counted too: hardly a document has as many as it may be deep. */
export function hasMoreBrackets(text: string, limit: number): boolean {
  let left = limit;
  for (const bracket of '{[') {
    for (let i = text.indexOf(bracket); i >= 0; i = text.indexOf(bracket, i + 1))
      if (left-- === 0) return true;
  }
  return false;
}
