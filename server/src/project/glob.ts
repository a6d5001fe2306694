/**
 * Globs of the config: `*` and `?` within a folder, `**` across folders, `[a-z]`, `{one,other}`. A glob that
 * matches a folder covers everything below it. Matched by simulating all possibilities at once, in time
 * proportional to path times glob: configs are untrusted, and a regular expression could be made to stall.
 */
export interface Glob {
  readonly source: string;
  /** Whether the glob covers a path (relative, with `/`, no leading slash). */
  matches(path: string): boolean;
}

type Step =
  { readonly is: (code: number) => boolean; readonly next: number } | { readonly either: readonly number[] };

const slash = 47;
const notSlash = (code: number): boolean => code !== slash;

export function glob(source: string): Glob {
  const pattern = source.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  const special = /[*?[{]/.exec(pattern);
  const prefix = special ? pattern.slice(0, special.index) : pattern;
  if (!special) {
    return { source, matches: (path) => path === pattern || path.startsWith(`${pattern}/`) };
  }
  let steps: Step[] | undefined;
  return {
    source,
    matches: (path) => path.startsWith(prefix) && run((steps ??= compile(pattern)), path),
  };
}

/** Compiles from the end, so that each step knows the one that follows; the last step is the start, step 0 the end. */
function compile(pattern: string): Step[] {
  const steps: Step[] = [{ either: [] }];
  const add = (step: Step): number => steps.push(step) - 1;
  const one = (is: (code: number) => boolean, next: number): number => add({ is, next });
  const many = (is: (code: number) => boolean, next: number): number => {
    const loop = add({ either: [] });
    steps[loop] = { either: [next, one(is, loop)] };
    return loop;
  };
  const build = (part: string, end: number): number => {
    let next = end;
    for (const token of tokenize(part).reverse()) {
      if (token === '**/') {
        // any number of whole folders: `a/`, `a/b/`, or none
        const loop = add({ either: [] });
        const folder = many(
          notSlash,
          one((code) => code === slash, loop),
        );
        steps[loop] = { either: [next, folder] };
        next = loop;
      } else if (token === '**') next = many(() => true, next);
      else if (token === '*') next = many(notSlash, next);
      else if (token === '?') next = one(notSlash, next);
      else if (token.length > 1 && token[0] === '[') next = one(characterClass(token), next);
      else if (token.length > 1 && token[0] === '{') {
        const after = next;
        next = add({ either: alternatives(token).map((alternative) => build(alternative, after)) });
      } else {
        const code = token.charCodeAt(token.length - 1);
        next = one((other) => other === code, next);
      }
    }
    return next;
  };
  const start = build(pattern, 0);
  add({ either: [start] });
  return steps;
}

/** Splits a glob into tokens; what is not closed stands for itself. */
function tokenize(pattern: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < pattern.length;) {
    const rest = pattern.slice(i, i + 3);
    let length = 1;
    if (rest === '**/' && (i === 0 || pattern[i - 1] === '/')) length = 3;
    else if (rest.startsWith('**')) length = 2;
    else if (pattern[i] === '\\' && i + 1 < pattern.length) length = 2;
    else if (pattern[i] === '[') length = Math.max(1, pattern.indexOf(']', i + 2) - i + 1);
    else if (pattern[i] === '{') length = closing(pattern, i) - i + 1;
    found.push(pattern.slice(i, i + length));
    i += length;
  }
  return found;
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '{') depth++;
    else if (pattern[i] === '}' && --depth === 0) return i;
  }
  return open;
}

function alternatives(token: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 1;
  for (let i = 1; i < token.length; i++) {
    if (token[i] === '{') depth++;
    else if (token[i] === '}' && depth > 0) depth--;
    else if ((token[i] === ',' && depth === 0) || i === token.length - 1) {
      found.push(token.slice(start, i));
      start = i + 1;
    }
  }
  return found;
}

function characterClass(token: string): (code: number) => boolean {
  const negated = token[1] === '!' || token[1] === '^';
  const body = token.slice(negated ? 2 : 1, -1);
  const ranges: [number, number][] = [];
  for (let i = 0; i < body.length; i++) {
    const from = body.charCodeAt(i);
    if (body[i + 1] === '-' && i + 2 < body.length) {
      ranges.push([from, body.charCodeAt(i + 2)]);
      i += 2;
    } else ranges.push([from, from]);
  }
  return (code) => code !== slash && ranges.some(([from, to]) => code >= from && code <= to) !== negated;
}

function run(steps: readonly Step[], path: string): boolean {
  let current: number[] = [];
  let marks = new Uint8Array(steps.length);
  const reach = (into: number[], marked: Uint8Array, start: number): void => {
    const pending = [start];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (marked[at]) continue;
      marked[at] = 1;
      const step = steps[at]!;
      if ('either' in step && at !== 0) pending.push(...step.either);
      else into.push(at);
    }
  };
  reach(current, marks, steps.length - 1);
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === slash && marks[0]) return true; // a folder of the path is matched
    const next: number[] = [];
    marks = new Uint8Array(steps.length);
    for (const at of current) {
      const step = steps[at]!;
      if ('is' in step && step.is(code)) reach(next, marks, step.next);
    }
    if (next.length === 0) return false;
    current = next;
  }
  return marks[0] === 1;
}
