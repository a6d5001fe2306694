import type { Intern } from '../model/read';
import { startOfFile } from '../syntax/anchor';
import { AlikeTexts } from './alike-texts';
import { textStates } from './catalogue';
import { below, contentsOf, folderOf, join, type Contents, type Home, type Rules } from './discover';
import { configName, type ConfigDocument, type Document } from './document';
import type { Files, ReadFault } from './files';
import { glob } from './glob';
import { Project } from './project';
import { maxBytes, readConfig, readDocument, type Aids, type Content } from './read-document';

/** A project with what the walk through its folder found. */
export interface Loaded {
  readonly home: Home;
  readonly contents: Contents;
  readonly project: Project;
}

/** Reads one document of a project; `path` is within it. Never fails: what can't be read has a problem instead. */
export type ReadOne = (path: string) => Document;

/**
 * Finds and reads a whole project.
 * @param whole whether nothing below its folder is a project of its own (`--config`)
 */
export function loadProject(files: Files, home: Home, rules: Rules, whole = false): Loaded {
  const config = loadConfig(files, home);
  const contents = contentsOf(files, home, rules, config?.facts.ignore.map(glob), whole);
  return assembled(home, config, contents, contents.documents.map(plainReader(files, home.root)));
}

/** A project out of its parts; `documents` are those of `contents`. */
export function assembled(
  home: Home,
  config: ConfigDocument | undefined,
  contents: Contents,
  documents: readonly Document[],
): Loaded {
  const all = contents.unlisted.length ? [...documents, ...contents.unlisted.map(unlisted)] : documents;
  return { home, contents, project: new Project(home.root, config, all, contents.nestedConfigs) };
}

/** A reader of many documents of a project. */
export function plainReader(files: Files, root: string): ReadOne {
  const aids = readingAids(files);
  const base = join(root, '');
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return (path) => documentFrom(path, contentOf(files, prefix + path), aids);
}

/** What a document is read from: the text that an editor has of it, else its bytes. */
export function contentOf(files: Files, path: string): Content | ReadFault {
  return files.text?.(path) ?? files.read(path, maxBytes);
}

/** A document out of its content, or out of the reason why there is none. */
export function documentFrom(path: string, content: Content | ReadFault, aids?: Aids): Document {
  if (typeof content === 'object' && 'fault' in content)
    return { path, facts: undefined, problems: [unreadable(content)] };
  const { facts, problems } = readDocument(content, aids);
  return { path, facts, problems };
}

/** The config of a project with the states of the texts that it names; `undefined` where it has none. */
export function loadConfig(files: Files, home: Home): ConfigDocument | undefined {
  if (home.config === undefined) return undefined;
  return configFrom(files, home.config, files.read(home.config, maxBytes));
}

/**
 * A config out of its bytes, or its text without byte order mark; what is well-formed in it holds, whatever
 * else is wrong.
 * @param config its path, absolute
 */
export function configFrom(files: Files, config: string, content: Content | ReadFault): ConfigDocument {
  const folder = folderOf(config);
  const path = below(folder, config) ?? configName;
  if (typeof content === 'object' && 'fault' in content) {
    const { facts } = readConfig('{}');
    return { path, facts, problems: [unreadable(content)], texts: new Map() };
  }
  const { facts, problems } = readConfig(content);
  return { path, facts, problems, texts: textStates(files, folder, facts) };
}

function unreadable({ fault, reason }: ReadFault): Document['problems'][number] {
  if (fault === 'too-large') {
    const message = 'The file is larger than 1 MiB: it is not read, and nothing in it is validated.';
    return { rule: 'document-limits', message, anchor: startOfFile };
  }
  const message = `The file cannot be read (${reason}): nothing in it is validated.`;
  return { rule: 'document-unreadable', message, anchor: startOfFile };
}

function unlisted(folder: string): Document {
  const message = 'The folder cannot be listed: policies and devices in it are not validated.';
  return {
    path: folder === '' ? '.' : folder,
    facts: undefined,
    problems: [{ rule: 'document-unreadable', message, anchor: startOfFile }],
  };
}

/** What to read the documents of a project with: they repeat each other. */
export function readingAids({ fromUtf8 }: Pick<Files, 'fromUtf8'>): Aids {
  return { intern: interning(), alike: new AlikeTexts(fromUtf8), fromUtf8 };
}

/** Keeps one copy of strings that recur across documents. */
function interning(): Intern {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    // Short ones recur: groups, versions, approvers. Slices of a document's text are copied by the map's key.
    if (kept.size < 10_000) kept.set(text, text);
    return text;
  };
}
