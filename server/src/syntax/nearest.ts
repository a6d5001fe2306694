/**
 * The candidate that somebody most likely meant, for "did you mean": the same but for case, one that the
 * text begins or that begins the text, or one few typing mistakes away. Of equals the first.
 */
export function nearest<T extends string>(text: string, candidates: Iterable<T>): T | undefined {
  if (text.length > 80) return undefined;
  const typed = text.toLowerCase();
  let best: T | undefined;
  // A third of the letters, so that short words don't all resemble each other.
  let allowed = Math.min(4, Math.max(1, Math.floor(typed.length / 3)));
  for (const candidate of candidates) {
    const meant = candidate.toLowerCase();
    if (meant === typed) return candidate;
    const found = isAbbreviation(typed, meant) ? 1 : distance(typed, meant, allowed);
    if (found > allowed || (best !== undefined && found === allowed)) continue;
    best = candidate;
    allowed = found;
  }
  return best;
}

function isAbbreviation(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && short.length * 2 >= long.length && long.startsWith(short);
}

/** Two texts without what both begin and end with: mistyped names differ in few letters. */
function different(a: string, b: string): [string, string] {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let tail = 0;
  const most = Math.min(a.length, b.length) - start;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [a.slice(start, a.length - tail), b.slice(start, b.length - tail)];
}

/** Insertions, deletions, replacements and swaps of neighbours between two texts; over `limit` any number over it. */
function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const [a, b] = different(left, right);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
