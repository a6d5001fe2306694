import { judge, judgeProject } from '../engine/judge';
import { inOrder, Locator, type LocatedFinding } from '../engine/locate';
import { differingIn, type Differing, type Part } from '../insight/pairs';
import { below, contentsOf, homeOf, join, type Home, type Rules } from '../project/discover';
import { configName, type Document } from '../project/document';
import type { Files } from '../project/files';
import { glob } from '../project/glob';
import { assembled, loadConfig, plainReader, type Loaded } from '../project/load';
import { textAt } from './surroundings';

/** A document that is known already from the other side, where its file is the same. */
export type Known = (absolute: string, path: string) => Document | undefined;

/** A project of a side with where it is and what it was read from. */
export interface SidePart extends Part {
  readonly loaded: Loaded;
  readonly files: Files;
}

/** One side of a comparison: all its projects. */
export type Side = readonly SidePart[];

/** Where a side's files are. */
export interface SideSource {
  readonly files: Files;
  readonly rules: Rules;
  /** The folder that is compared. */
  readonly folder: string;
  /** Its project; found from the folder where not given. */
  readonly home?: Home;
  /** What prefixes are relative to. */
  readonly top: string;
  readonly known?: Known;
}

/** Reads all projects of a folder: the one it is in, and those below it. They are not judged. */
export function readSide(source: SideSource): Side {
  const { files, rules, folder } = source;
  const pending: Home[] = [source.home ?? homeOf(files, folder, rules)];
  const parts: SidePart[] = [];
  for (let home = pending.pop(); home; home = pending.pop()) {
    const loaded = load(source, home);
    const { root } = home;
    for (const inner of loaded.contents.inner) {
      const path = join(root, inner);
      // A project beside the folder is none of the question.
      if (below(folder, path) === undefined && below(path, folder) === undefined) continue;
      const isRepository = files.exists(join(path, '.git'));
      // Another repository has revisions of its own: what it was before is not known here.
      if (!source.home && isRepository) continue;
      const config = join(path, configName);
      pending.push(
        files.exists(config)
          ? { root: path, config, repository: isRepository ? path : home.repository }
          : homeOf(files, path, rules),
      );
    }
    parts.push({
      project: loaded.project,
      prefix: below(source.top, root) ?? '',
      findings: [],
      loaded,
      files,
    });
  }
  return parts.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

function load({ files, rules, known }: SideSource, home: Home): Loaded {
  const config = loadConfig(files, home);
  const contents = contentsOf(files, home, rules, config?.facts.ignore.map(glob));
  const read = plainReader(files, home.root);
  const documents = contents.documents.map((path) => known?.(join(home.root, path), path) ?? read(path));
  return assembled(home, config, contents, documents);
}

/**
 * Judges both sides, where findings are wanted: a project that is on both only where its two states may differ, for
 * what is found on both sides alike is no part of a comparison.
 */
export function judgeSides(
  before: Side,
  after: Side,
  { now, findings }: { readonly now: number; readonly findings: boolean },
): { readonly before: Side; readonly after: Side; readonly differing: Differing } {
  const differing = differingIn(before, after);
  const judged = (side: Side): Side =>
    side.map((part) => {
      const is = after.find(({ prefix }) => prefix === part.prefix);
      const found = findingsIn(part, is && differing.get(is.project), now);
      return { ...part, findings: found.sort(inOrder) };
    });
  return findings
    ? { before: judged(before), after: judged(after), differing }
    : { before, after, differing };
}

/** @param only the documents to judge; all, and the config, where it is not given */
function findingsIn(
  { files, loaded: { home, project } }: SidePart,
  only: ReadonlySet<string> | undefined,
  now: number,
): LocatedFinding[] {
  const locator = new Locator((path) => textAt(files, join(home.root, path)));
  const found = only
    ? [...only].flatMap((path) => {
        const document = project.document(path);
        return document ? judge(project, document, { now }) : [];
      })
    : judgeProject(project, { now });
  return found.map((finding) => locator.locate(finding));
}
