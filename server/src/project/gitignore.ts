import { configName, documentSuffix } from './document';
import { gitPattern } from './gitignore-pattern';

/** A line of a `.gitignore`. */
interface Line {
  /** Takes back what lines before it ignore. */
  readonly negated: boolean;
  readonly foldersAlone: boolean;
  readonly mayMatchDocuments: boolean;
  /** @param path relative to the repository's root */
  matches(path: string): boolean;
}

/** What the `.gitignore` files from the repository's root down to a folder leave out. */
export class GitIgnore {
  /** Leaves nothing out. */
  static readonly none = new GitIgnore([]);

  /** Whether any line could match a document or a config itself; most only match folders or other kinds of files. */
  private readonly concernsDocuments: boolean;

  /** @param lines in git's order: what stands in a deeper file comes later and wins */
  private constructor(private readonly lines: readonly Line[]) {
    this.concernsDocuments = lines.some((line) => line.mayMatchDocuments);
  }

  /**
   * The rules for a folder that has a `.gitignore` of its own.
   * @param folder relative to the repository's root, with `/`; `''` for the root
   */
  within(folder: string, text: string): GitIgnore {
    const own = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line) => lineOf(line.replace(/\r$/, ''), folder) ?? []);
    return own.length ? new GitIgnore([...this.lines, ...own]) : this;
  }

  /** Whether git ignores a folder in a folder that it does not. `path` is relative to the repository's root. */
  ignoresFolder(path: string): boolean {
    return path !== '' && this.ignores(path, true);
  }

  /** Whether git ignores a policy, device or config file whose folder it does not ignore. */
  ignoresDocument(path: string): boolean {
    return this.concernsDocuments && this.ignores(path, false);
  }

  /** Whether git ignores any file, be it for a folder above it. */
  ignoresFile(path: string): boolean {
    if (this.lines.length === 0) return false;
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (this.ignores(path.slice(0, end), true)) return true;
    }
    return this.ignores(path, false);
  }

  private ignores(path: string, isFolder: boolean): boolean {
    for (let i = this.lines.length - 1; i >= 0; i--) {
      const line = this.lines[i]!;
      if ((isFolder || !line.foldersAlone) && line.matches(path)) return !line.negated;
    }
    return false;
  }
}

function lineOf(written: string, folder: string): Line | undefined {
  if (written.startsWith('#')) return undefined;
  const negated = written.startsWith('!');
  const whole = withoutBlanks(written.slice(negated ? 1 : 0));
  const foldersAlone = whole.endsWith('/');
  const pattern = foldersAlone ? whole.slice(0, -1) : whole;
  if (pattern === '') return undefined;
  const fits = gitPattern(pattern.replace(/^\//, ''));
  const start = folder === '' ? '' : `${folder}/`;
  const test: Line['matches'] = pattern.includes('/')
    ? (path) => fits(path.slice(start.length))
    : (path) => fits(path.slice(path.lastIndexOf('/') + 1));
  return {
    negated,
    foldersAlone,
    mayMatchDocuments: !foldersAlone && mayMatchDocuments(pattern),
    matches: (path) => path.startsWith(start) && test(path),
  };
}

/** Without the blanks at its end, but for one that a backslash keeps. */
function withoutBlanks(line: string): string {
  const end = /(?:\\.|[^ \\]|\\$| +(?=[^ ]))*/.exec(line)![0].length;
  return line.slice(0, end);
}

function mayMatchDocuments(pattern: string): boolean {
  // Letter by letter: an expression that ends at the end would be tried from every letter of a long line.
  let start = pattern.length;
  while (start > 0 && !'/*?[]\\'.includes(pattern[start - 1]!)) start--;
  const tail = pattern.slice(start);
  const whole = start === 0 || pattern[start - 1] === '/';
  return whole
    ? tail === '' || tail.endsWith(documentSuffix) || tail === configName
    : [documentSuffix, configName].some((name) => name.endsWith(tail)) || tail.endsWith(documentSuffix);
}
