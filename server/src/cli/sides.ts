import { judge, judgeProject } from '../engine/judge';
import { inOrder, Locator, type LocatedFinding } from '../engine/locate';
import type { Part } from '../insight/pairs';
import { mayDiffer } from '../project/affected';
import { below, contentsOf, homeOf, join, type Home, type Rules } from '../project/discover';
import { configName, type Document } from '../project/document';
import type { Files } from '../project/files';
import { glob } from '../project/glob';
import { assembled, loadConfig, plainReader, type Loaded } from '../project/load';
import { textAt } from './surroundings';

/** A document that is known already from the other side, where its file is the same. */
export type Known = (absolutePath: string) => Document | undefined;

/** A project of a side with where it is and what it was read from. */
export interface SidePart extends Part {
  readonly loaded: Loaded;
}

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
  readonly now: number;
  readonly known?: Known;
  /** The other side, where it was judged already: what can't have changed is not judged again. */
  readonly other?: readonly SidePart[];
}

/** Reads all projects of a folder: the one it is in, and those below it. */
export function readSide(source: SideSource, findings = true): readonly SidePart[] {
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
      // Another repository has revisions of its own: what it was before is not known here.
      if (!source.home && files.exists(join(path, '.git'))) continue;
      const config = join(path, configName);
      pending.push(
        files.exists(config)
          ? { root: path, config, repository: home.repository }
          : homeOf(files, path, rules),
      );
    }
    parts.push({
      project: loaded.project,
      prefix: below(source.top, root) ?? '',
      findings: findings ? findingsIn(source, loaded).sort(inOrder) : [],
      loaded,
    });
  }
  return parts.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

function load({ files, rules, known }: SideSource, home: Home): Loaded {
  const config = loadConfig(files, home);
  const contents = contentsOf(files, home, rules, config?.facts.ignore.map(glob));
  const read = plainReader(files, home.root);
  const documents = contents.documents.map((path) => known?.(join(home.root, path)) ?? read(path));
  return assembled(home, config, contents, documents);
}

function findingsIn({ files, now, other }: SideSource, { home, project }: Loaded): LocatedFinding[] {
  const locator = new Locator((path) => textAt(files, join(home.root, path)));
  const twin = other?.find((part) => part.project.root === project.root);
  const differing = twin && mayDiffer(project, twin.project);
  if (!differing) return judgeProject(project, { now }).map((finding) => locator.locate(finding));
  const findings = twin.findings.filter(({ path }) => !differing.has(path));
  for (const path of differing) {
    const document = project.document(path);
    for (const finding of document ? judge(project, document, { now }) : []) {
      findings.push(locator.locate(finding));
    }
  }
  return findings;
}
