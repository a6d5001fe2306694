/** What one character of a path may be: itself, or one of a class. Bytes, as git compares them. */
type Fits = (byte: number) => boolean;

/** A part of a pattern between slashes; `folders` stands for any number of whole parts. */
type Part = readonly (Fits | 'any')[] | 'folders';

const slash = 47;

/** Classes that git knows by a name, as POSIX has them for ASCII. */
const named: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  // eslint-disable-next-line no-control-regex -- these are the ones
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/**
 * Compiles a pattern of a `.gitignore`, without `!` before it and `/` at either end, into a test for paths: of a
 * name alone, or of a path with `/`, as the pattern has it. Matched in time that no pattern makes more than the
 * square of the path times that of the pattern: such files are untrusted, and a regular expression could be made
 * to stall.
 */
export function gitPattern(source: string): (path: string) => boolean {
  if (!/[*?[\\]/.test(source)) return (path) => path === source;
  const parts = partsOf(bytesOf(source));
  return parts ? (path) => matches(parts, bytesOf(path).split('/')) : () => false;
}

/** A text with a character for each byte of its UTF-8. */
function bytesOf(text: string): string {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** `undefined` for a pattern that matches nothing, since it is not closed. */
function partsOf(pattern: string): Part[] | undefined {
  const parts: Part[] = [];
  let part: (Fits | 'any')[] = [];
  let start = 0;
  const close = (end: number): void => {
    parts.push(/^\*{2,}$/.test(pattern.slice(start, end)) ? 'folders' : part);
    part = [];
    start = end + 1;
  };
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '/') close(i);
    else if (c === '*') part.push('any');
    else if (c === '?') part.push(() => true);
    else if (c === '[') {
      const found = classAt(pattern, i);
      if (!found) return undefined;
      part.push(found.fits);
      i = found.last;
    } else {
      if (c === '\\' && ++i === pattern.length) return undefined;
      const code = pattern.charCodeAt(i);
      part.push((byte) => byte === code);
    }
  }
  close(pattern.length);
  // Everything in a folder, but not the folder itself.
  if (parts.length > 1 && parts.at(-1) === 'folders') parts.push(['any']);
  return parts;
}

/** The class that begins at `[`, and where its `]` is; `undefined` where it has none, or names one that is not known. */
function classAt(pattern: string, open: number): { readonly fits: Fits; readonly last: number } | undefined {
  const negated = pattern[open + 1] === '!' || pattern[open + 1] === '^';
  const first = open + (negated ? 2 : 1);
  const members: Fits[] = [];
  let before: number | undefined;
  for (let i = first; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === ']' && i > first) {
      return { fits: (byte) => byte !== slash && members.some((fits) => fits(byte)) !== negated, last: i };
    }
    if (c === '[' && pattern[i + 1] === ':') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) return undefined;
      if (pattern[end - 1] === ':' && end - 1 > i + 1) {
        const known = named[pattern.slice(i + 2, end - 1)];
        if (!known) return undefined;
        members.push((byte) => known.test(String.fromCharCode(byte)));
        before = undefined;
        i = end;
        continue;
      }
    }
    const isRange = c === '-' && before !== undefined && i + 1 < pattern.length && pattern[i + 1] !== ']';
    if (isRange) i++;
    if (pattern[i] === '\\') i++;
    if (i >= pattern.length) return undefined;
    const code = pattern.charCodeAt(i);
    const from = isRange ? before! : code;
    members.push((byte) => byte >= from && byte <= code);
    before = isRange ? undefined : code;
  }
  return undefined;
}

function matches(parts: readonly Part[], path: readonly string[]): boolean {
  return inSequence(
    parts.length,
    path.length,
    (p) => parts[p] === 'folders',
    (p, t) => isName(parts[p] as Exclude<Part, 'folders'>, path[t]!),
  );
}

function isName(part: Exclude<Part, 'folders'>, name: string): boolean {
  return inSequence(
    part.length,
    name.length,
    (p) => part[p] === 'any',
    (p, t) => (part[p] as Fits)(name.charCodeAt(t)),
  );
}

/**
 * Whether a pattern covers a text, where some of its elements stand for any number of the text's. What matched
 * before the last of those need never be tried otherwise: it could only leave less of the text to the rest.
 */
function inSequence(
  patternLength: number,
  textLength: number,
  isAny: (p: number) => boolean,
  fits: (p: number, t: number) => boolean,
): boolean {
  let p = 0;
  let last = -1;
  let from = 0;
  for (let t = 0; t < textLength;) {
    if (p < patternLength && isAny(p)) {
      last = p++;
      from = t;
    } else if (p < patternLength && fits(p, t)) {
      p++;
      t++;
    } else if (last >= 0) {
      p = last + 1;
      t = ++from;
    } else return false;
  }
  while (p < patternLength && isAny(p)) p++;
  return p === patternLength;
}
