import { configName, documentSuffix } from './document';
import type { Files } from './files';
import { GitIgnore } from './gitignore';
import type { Glob } from './glob';

/** Where a project is: found from a folder, before anything of it is read. All paths are absolute. */
export interface Home {
  readonly root: string;
  /** Its config file; `undefined` where it has none. */
  readonly config: string | undefined;
  /** The folder at or above the root that contains `.git`; `undefined` where there is none. */
  readonly repository: string | undefined;
}

/** What discovery goes by, the same for all projects of a run. */
export interface Rules {
  /** The project of a folder for which neither a config nor `.git` is found. */
  fallback(folder: string): string;
  /** Whether `.gitignore` files count. */
  readonly gitignore: boolean;
  /** Whether configs are looked for; without them all defaults hold (`--no-config`). */
  readonly configs: boolean;
}

/** What a walk through a project found; paths within the project, in an order that only they decide. */
export interface Contents {
  readonly documents: readonly string[];
  /** Configs below the project's folder, in other folders. */
  readonly nestedConfigs: readonly string[];
  /** Folders that are projects of their own: with a config, or with `.git`. */
  readonly inner: readonly string[];
  /** Folders that can't be listed; what is in them is not judged. */
  readonly unlisted: readonly string[];
}

/** Joins a folder and a path below it, also where the folder is the file system's root. */
export function join(folder: string, path: string): string {
  return path === '' ? folder : folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** The folder that a path is in; the file system's root for itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === 2 && /^[A-Za-z]:/.test(path)) return path.slice(0, 3);
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** `path` relative to `folder`, if it is that folder (`''`) or lies below it; both absolute. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/**
 * The project that documents of a folder belong to: that of the nearest config at or above it. The search
 * ends at a folder that contains `.git`, or at the file system's root.
 */
export function homeOf(files: Files, folder: string, rules: Rules): Home {
  let root: string | undefined;
  for (let at = folder; ; at = folderOf(at)) {
    if (root === undefined && rules.configs && files.exists(join(at, configName))) root = at;
    const config = root === undefined ? undefined : join(root, configName);
    if (files.exists(join(at, '.git'))) return { root: root ?? at, config, repository: at };
    if (at === folderOf(at)) return { root: root ?? rules.fallback(folder), config, repository: undefined };
  }
}

/** The project that a config is nested in: that of the nearest config above its folder, if there is one. */
export function outerOf(files: Files, home: Home, rules: Rules): Home | undefined {
  if (home.config === undefined) return undefined;
  const above = folderOf(home.root);
  if (above === home.root) return undefined;
  const outer = homeOf(files, above, rules);
  return outer.config === undefined ? undefined : outer;
}

/** Folders that hold no policies of the project, whatever is in them. */
const skipped = new Set(['.git', 'node_modules']);

/**
 * Walks through a whole project: every document and nested config that neither git nor the config ignores.
 * @param ignore globs of the config, relative to the project's root
 * @param whole whether configs and `.git` below the root do not cut anything off (`--config`)
 */
export function contentsOf(
  files: Files,
  home: Home,
  rules: Rules,
  ignore: readonly Glob[] = [],
  whole = false,
): Contents {
  const documents: string[] = [];
  const nestedConfigs: string[] = [];
  const inner: string[] = [];
  const unlisted: string[] = [];
  const links: { readonly path: string; readonly git: GitIgnore }[] = [];
  const visited = new Set<string>();
  const { root } = home;
  const base = below(home.repository ?? root, root) ?? '';
  const inRepository = (path: string): string => inFolder(base, path);
  const ignored = (path: string): boolean => ignore.length > 0 && ignore.some((glob) => glob.matches(path));

  /** @param real the folder's path without links, where one led to it */
  const visit = (folder: string, real: string, above: GitIgnore): void => {
    visited.add(real);
    const entries = files.list(join(root, folder));
    if (!entries) {
      // A folder of a workspace may be gone: there is nothing in it that is not judged.
      if (folder !== '' || files.exists(root)) unlisted.push(folder);
      return;
    }
    let git = above;
    if (rules.gitignore && entries.some(({ name, kind }) => name === '.gitignore' && kind !== 'folder')) {
      git = git.within(inRepository(folder), textOf(files, join(join(root, folder), '.gitignore')));
    }
    if (folder !== '' && !whole) {
      const config = rules.configs && entries.some((entry) => entry.name === configName);
      const path = inFolder(folder, configName);
      if (config && !git.ignoresDocument(inRepository(path)) && !ignored(path)) nestedConfigs.push(path);
      if (config || entries.some((entry) => entry.name === '.git')) {
        inner.push(folder);
        return;
      }
    }
    const folders: string[] = [];
    for (const { name, kind } of entries) {
      const isDocument = name.endsWith(documentSuffix);
      if (!isDocument && (kind === 'file' || kind === 'other' || skipped.has(name))) continue;
      const path = inFolder(folder, name);
      const byGit = isDocument
        ? git.ignoresDocument(inRepository(path))
        : git.ignoresFolder(inRepository(path));
      if (byGit || ignored(path)) continue;
      if (kind === 'link') links.push({ path, git });
      else if (isDocument) documents.push(path);
      else folders.push(name);
    }
    for (const name of folders) visit(inFolder(folder, name), inFolder(real, name), git);
  };
  visit('', '', rules.gitignore ? rulesAbove(files, home) : GitIgnore.none);

  // A link out of the project is not followed; neither is one to what the walk has seen already, so that
  // nothing counts twice and no circle is entered. Following one may add links to the list.
  const realRoot = links.length ? files.realPath(root) : undefined;
  const taken = new Set(links.length ? documents : []);
  for (const { path, git } of links) {
    const real = files.realPath(join(root, path));
    const target = real === undefined || realRoot === undefined ? undefined : below(realRoot, real);
    if (real === undefined) {
      // A policy that is not there is worth a finding; another broken link is nobody's business.
      if (path.endsWith(documentSuffix)) documents.push(path);
    } else if (target !== undefined && !visited.has(target) && !taken.has(target)) {
      if (path.endsWith(documentSuffix)) {
        taken.add(target);
        documents.push(path);
      } else if (files.list(real)) visit(path, target, git);
    }
  }
  return { documents, nestedConfigs, inner, unlisted };
}

const inFolder = (folder: string, path: string): string =>
  folder === '' ? path : path === '' ? folder : `${folder}/${path}`;

/** The rules of the `.gitignore` files above a project's folder, from the repository's root down. */
export function rulesAbove(files: Files, home: Home): GitIgnore {
  const { repository, root } = home;
  const steps = repository === undefined ? undefined : below(repository, root);
  if (repository === undefined || !steps) return GitIgnore.none;
  let git = GitIgnore.none;
  let at = '';
  for (const part of steps.split('/')) {
    const path = join(join(repository, at), '.gitignore');
    if (files.exists(path)) git = git.within(at, textOf(files, path));
    at = at === '' ? part : `${at}/${part}`;
  }
  return git;
}

/** Whether git or the config ignores a file or a folder of a project, itself or for a folder that it is in. */
export function isIgnored(
  files: Files,
  home: Home,
  rules: Rules,
  ignore: readonly Glob[],
  path: string,
  kind: 'file' | 'folder' = 'file',
): boolean {
  if (ignore.some((glob) => glob.matches(path))) return true;
  const parts = path.split('/');
  const above = kind === 'file' ? parts.slice(0, -1) : parts;
  if (above.some((part) => skipped.has(part))) return true;
  if (!rules.gitignore) return false;
  const repository = home.repository ?? home.root;
  const within = below(repository, join(home.root, path)) ?? path;
  // A file may also be ignored by its own folder's rules, a folder only by those above it.
  const folder = folderOf(join(home.root, path));
  const own = join(folder, '.gitignore');
  let git = rulesAbove(files, { ...home, repository, root: folder });
  if (files.exists(own)) git = git.within(below(repository, folder) ?? '', textOf(files, own));
  return kind === 'file' ? git.ignoresFile(within) : git.ignoresFolder(within);
}

const maxIgnoreFile = 1024 * 1024;

function textOf(files: Files, path: string): string {
  const bytes = files.read(path, maxIgnoreFile);
  return 'fault' in bytes ? '' : new TextDecoder().decode(bytes);
}
