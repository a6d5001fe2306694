import ignore, { type Ignore } from 'ignore';
import { configName, documentSuffix } from './document';

/** What the `.gitignore` files from the repository's root down to a folder leave out. */
export class GitIgnore {
  /** Leaves nothing out. */
  static readonly none = new GitIgnore([]);

  private readonly matcher: Ignore | undefined;
  /** Whether any rule could match a document or a config itself; most only match folders or other kinds of files. */
  private readonly concernsDocuments: boolean;

  private constructor(private readonly rules: readonly string[]) {
    this.matcher = rules.length ? ignore({ ignorecase: false }).add(rules) : undefined;
    this.concernsDocuments = rules.some(mayMatchDocuments);
  }

  /**
   * The rules for a folder that has a `.gitignore` of its own.
   * @param folder relative to the repository's root, with `/`; `''` for the root
   */
  within(folder: string, text: string): GitIgnore {
    const own = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap((line) => rooted(line, folder));
    return own.length ? new GitIgnore([...this.rules, ...own]) : this;
  }

  /** Whether git ignores a folder. `path` is relative to the repository's root. */
  ignoresFolder(path: string): boolean {
    return this.matcher !== undefined && path !== '' && this.matcher.ignores(`${path}/`);
  }

  /** Whether git ignores a policy, device or config file whose folder it does not ignore. */
  ignoresDocument(path: string): boolean {
    return this.concernsDocuments && this.matcher!.ignores(path);
  }

  /** Whether git ignores any file, be it for a folder above it. */
  ignoresFile(path: string): boolean {
    return this.matcher !== undefined && this.matcher.ignores(path);
  }
}

const longest = 1000;
const mostStars = 4;

// Lines become regular expressions, whose time grows with the power of the stars that can share a text out among
// them, and such files are untrusted. Lines that nobody means are passed over: more files are judged, not less.
function mayStall(line: string): boolean {
  if (line.length > longest) return true;
  const parts = line.split('/');
  const folders = parts.filter((part) => part.startsWith('**'));
  return [folders, ...parts.map((part) => part.match(/\*+/g) ?? [])].some(
    (stars) => stars.length > mostStars,
  );
}

// One list for all folders keeps git's order: what stands in a deeper file comes later and wins.
function rooted(line: string, folder: string): string[] {
  if (mayStall(line) || line.trim() === '' || line.startsWith('#')) return [];
  if (folder === '') return [line];
  const not = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(not.length).replace(/^\\(?=[!#])/, '');
  const anchored = /\/(?!\s*$)/.test(pattern);
  const base = folder.replace(/[\\*?[\]!# ]/g, '\\$&');
  return [`${not}/${base}/${anchored ? pattern.replace(/^\//, '') : `**/${pattern}`}`];
}

function mayMatchDocuments(rule: string): boolean {
  const pattern = rule.trimEnd();
  if (pattern.endsWith('/')) return false;
  const tail = /[^/*?[\]\\]*$/.exec(pattern)![0];
  const whole = tail.length === pattern.length || pattern.charAt(pattern.length - tail.length - 1) === '/';
  return whole
    ? tail === '' || tail.endsWith(documentSuffix) || tail === configName
    : [documentSuffix, configName].some((name) => name.endsWith(tail)) || tail.endsWith(documentSuffix);
}
