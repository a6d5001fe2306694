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
  // Braces that are open, seen from behind: what follows them, and where their alternatives begin.
  const groups: { readonly after: number; readonly starts: number[] }[] = [];
  let next = 0;
  for (const { token, special } of tokenize(pattern).reverse()) {
    if (!special) {
      const code = token.charCodeAt(token.length - 1);
      next = one((other) => other === code, next);
    } else if (token === '**/') {
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
    else if (token === '}') groups.push({ after: next, starts: [] });
    else if (token === ',') {
      const group = groups.at(-1)!;
      group.starts.push(next);
      next = group.after;
    } else if (token === '{') next = add({ either: [...groups.pop()!.starts, next] });
    else next = one(characterClass(token), next);
  }
  add({ either: [next] });
  return steps;
}

interface Token {
  readonly token: string;
  /** Whether it means more than itself. */
  special: boolean;
}

/** Splits a glob into tokens, in one pass; what is not closed stands for itself. */
function tokenize(pattern: string): Token[] {
  const found: Token[] = [];
  // Where braces opened, and the commas in each; they mean something once their brace is closed.
  const open: { readonly brace: Token; readonly commas: Token[] }[] = [];
  let isStart = true;
  let brackets = true;
  for (let i = 0; i < pattern.length;) {
    const c = pattern[i]!;
    let length = 1;
    let special = c === '*' || c === '?';
    if (isStart && pattern.startsWith('**/', i)) length = 3;
    else if (pattern.startsWith('**', i)) length = 2;
    else if (c === '\\' && i + 1 < pattern.length) length = 2;
    else if (c === '[' && brackets) {
      const end = pattern.indexOf(']', i + 2);
      // Looked for once: behind here there is none either.
      brackets = end >= 0;
      if (brackets) length = end - i + 1;
      special = brackets;
    }
    if (length === 3 && found.at(-1)?.token === '**/') {
      i += length; // any folders, and any folders behind them, are any folders
      continue;
    }
    const token: Token = { token: pattern.slice(i, i + length), special };
    found.push(token);
    if (c === '{') open.push({ brace: token, commas: [] });
    else if (c === ',') open.at(-1)?.commas.push(token);
    else if (c === '}' && open.length > 0) {
      const { brace, commas } = open.pop()!;
      for (const part of [brace, token]) part.special = true;
      for (const comma of commas) comma.special = true;
    }
    isStart = c === '/' || c === '{' || c === ',' || (isStart && length === 3);
    i += length;
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
  // Where each step was last reached, counted from 1: nothing has to be wiped for the next character.
  const marks = new Uint32Array(steps.length);
  let current: number[] = [];
  const reach = (into: number[], mark: number, start: number): void => {
    const pending = [start];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const step = steps[at]!;
      if ('is' in step) into.push(at);
      else for (const next of step.either) pending.push(next);
    }
  };
  reach(current, 1, steps.length - 1);
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === slash && marks[0] === i + 1) return true; // a folder of the path is matched
    const next: number[] = [];
    for (const at of current) {
      const step = steps[at]!;
      if ('is' in step && step.is(code)) reach(next, i + 2, step.next);
    }
    if (next.length === 0 && marks[0] !== i + 2) return false;
    current = next;
  }
  return marks[0] === path.length + 1;
}
