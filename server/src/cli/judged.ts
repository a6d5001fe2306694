import { Judge } from '../engine/alike';
import { judge, judgeConfig, type Judgement } from '../engine/judge';
import { isUndecided } from '../engine/undecided';
import { contentsOf, isIgnored, join, outerOf, below } from '../project/discover';
import type { Document } from '../project/document';
import { glob } from '../project/glob';
import { loadConfig, plainReader, type Loaded } from '../project/load';
import { Project } from '../project/project';
import type { Finding } from '../rules/finding';
import { isAsked, type Asked, type Selection, type Surroundings } from './selection';

/** A finding with the root of the project whose paths it is in. */
export interface Placed {
  readonly root: string;
  readonly finding: Finding;
  /** The document it was found in, where there is one: for the reason of an exception. */
  readonly document?: Document;
}

/** What came of judging the asked part of a project. */
export interface Judged {
  readonly findings: readonly Placed[];
  /** Paths, within the project, of the documents and configs that were judged. */
  readonly paths: readonly string[];
  /** Those of `paths` that nobody asked for, and that are named for some of their findings alone. */
  readonly partly: readonly string[];
  /** How many of them are policies or devices, or would be if they could be read. */
  readonly documents: number;
  readonly undecided: number;
}

/** Documents that were named outright and are in no project: ignored, or not called like one. */
export function strangers(
  around: Surroundings,
  asked: Asked,
  loaded: Loaded,
  respectIgnore: boolean,
): Document[] {
  const { files, rules } = around;
  const { home, project } = loaded;
  const config = project.config?.path;
  const ignore = (project.config?.facts.ignore ?? []).map(glob);
  const read = plainReader(files, home.root);
  const paths = new Set<string>();
  for (const path of [...asked.files]) {
    if (path === config || project.document(path)) continue;
    if (isIgnored(files, home, rules, ignore, path)) {
      if (respectIgnore) asked.files.delete(path);
      else paths.add(path);
      continue;
    }
    // A link to a document of the project stands for that document.
    const target = linkTarget(around, home.root, path);
    if (target !== undefined && project.document(target)) {
      asked.files.delete(path);
      asked.files.add(target);
    } else paths.add(path);
  }
  for (const folder of respectIgnore ? [] : asked.folders) {
    if (folder === '' || !isIgnored(files, home, rules, ignore, folder, 'folder')) continue;
    const root = join(home.root, folder);
    const { documents } = contentsOf(files, { ...home, root }, { ...rules, gitignore: false });
    for (const path of documents) paths.add(`${folder}/${path}`);
  }
  return [...paths].map(read);
}

function linkTarget({ files }: Surroundings, root: string, path: string): string | undefined {
  const real = files.realPath(join(root, path));
  const realRoot = files.realPath(root);
  return real === undefined || realRoot === undefined ? undefined : below(realRoot, real);
}

/**
 * Judges what was asked for of a project.
 * @param tick called before each document, for progress
 */
export function judgeAsked(
  asked: Asked,
  { project }: Loaded,
  extra: readonly Document[],
  judgement: Judgement,
  tick: () => void = () => {},
): Judged {
  const root = project.root;
  const findings: Placed[] = [];
  const paths: string[] = [];
  const partly: string[] = [];
  let undecided = 0;
  const one = (document: Document, found: readonly Finding[]): void => {
    tick();
    paths.push(document.path);
    for (const finding of found) findings.push({ root, finding, document });
    if (isUndecided(project, document)) undecided++;
  };
  const everything = asked.folders.has('');
  const judging = new Judge(project, judgement);
  for (const document of project.documents) {
    if (everything || isAsked(asked, document.path)) one(document, judging.of(document));
  }
  // Each on its own, as if only it were added: answers depend on no other file that happens to be named.
  for (const document of extra) {
    project.replace(document.path, document);
    one(document, judge(project, document, judgement));
    project.replace(document.path, undefined);
  }
  const documents = paths.length;
  const { config } = project;
  if (config) {
    const faults = new Set<string>(config.problems.map(({ rule }) => rule));
    const configAsked = isAsked(asked, config.path);
    if (configAsked) paths.push(config.path);
    for (const finding of judgeConfig(project, judgement)) {
      const { path, rule } = finding;
      // Whatever was asked for was judged by what a faulty config left over.
      const rests = path === config.path && faults.has(rule);
      if (rests || isAsked(asked, path)) findings.push({ root, finding });
    }
    if (!configAsked && findings.some(({ finding }) => finding.path === config.path))
      partly.push(config.path);
  }
  return { findings, paths: [...paths, ...partly], partly, documents, undecided };
}

/** What the outer project's config has to say about the config of an asked project nested in it. */
export function judgeNesting(
  around: Surroundings,
  selection: Selection,
  asked: Asked,
  judgement: Judgement,
): readonly Placed[] {
  const { files, rules } = around;
  const { home } = asked;
  if (home.config === undefined || !isAsked(asked, below(home.root, home.config)!)) return [];
  const outer = outerOf(files, home, rules);
  if (!outer) return [];
  const path = below(outer.root, home.config)!;
  const other = selection.projects.get(outer.root);
  if (other && isAsked(other, path)) return []; // said there
  const config = loadConfig(files, outer);
  if (isIgnored(files, outer, rules, (config?.facts.ignore ?? []).map(glob), path)) return [];
  const project = new Project(outer.root, config, [], [path]);
  return judgeConfig(project, judgement)
    .filter((finding) => finding.path === path)
    .map((finding) => ({ root: outer.root, finding }));
}
