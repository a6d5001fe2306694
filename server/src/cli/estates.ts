import { judgeAsked, strangers } from './judged';
import { relative } from './paths';
import { isAsked, rulesFor, Selection, type Asked } from './selection';
import { homeOfConfig } from './surroundings';
import type { Wrong } from './command';
import type { Io } from './io';
import type { OptionSpecs, Options } from './options';
import { timeOf } from './validate-options';
import type { Document } from '../project/document';
import { join } from '../project/discover';
import { Project } from '../project/project';
import { loadProject, type Loaded } from '../project/load';
import type { Finding } from '../rules/finding';

/** Options that every command about what is in force has. */
export const estateOptions: OptionSpecs = {
  config: { value: 'FILE', help: 'this config, and the project at its folder; nested configs are ignored' },
  'no-config': { help: 'all defaults, whatever configs there are' },
  'no-gitignore': { help: 'take files that git ignores, too' },
  now: { value: 'TIME', help: 'the time to judge by, such as 2027-01-31T12:00:00Z' },
  color: { help: 'colours, also off a terminal' },
  'no-color': { help: 'no colours' },
  help: { help: 'this text' },
};

/** A project of which something was asked for. */
export interface Estate {
  readonly asked: Asked;
  readonly loaded: Loaded;
  /** Its folder relative to the current one, `.` for that itself. */
  readonly root: string;
  /** The documents that were asked for, by path. */
  readonly documents: readonly Document[];
  /** A path within the project as the user sees it: relative to the current folder. */
  readonly shown: (path: string) => string;
}

/** What the options that are common to all say. */
export interface Common {
  /** The time to judge by, milliseconds since 1970 UTC. */
  readonly now: number;
  readonly color: boolean;
}

/** The time to judge by, and whether to use colours. */
export function readCommon(given: Options, io: Io): Common | Wrong {
  const written = given.last('now');
  const now = written === undefined ? io.now() : timeOf(written);
  if (Number.isNaN(now)) return { wrong: `--now is a time such as 2027-01-31T12:00:00Z, not ${written}` };
  const wanted = io.stdout.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  return { now, color: given.has('no-color') ? false : given.has('color') || wanted };
}

/**
 * Reads the projects of the paths that were named, by default of the current folder.
 * @param ignored whether files that were named outright and are ignored are asked about, each as if only it were added
 */
export function loadEstates(
  paths: readonly string[],
  given: Options,
  io: Io,
  ignored = false,
): readonly Estate[] | Wrong {
  const { files, cwd } = io;
  const config = given.last('config');
  const fixed = config === undefined ? undefined : homeOfConfig(files, cwd, config);
  if (typeof fixed === 'string') return { wrong: fixed };
  const rules = rulesFor(cwd, !given.has('no-gitignore'), !given.has('no-config'));
  const around = { files, cwd, fixed, rules };
  const selection = new Selection(around);
  for (const path of paths.length ? paths : ['.']) {
    const wrong = selection.add(path);
    if (wrong !== undefined) return { wrong };
  }
  const estates: Estate[] = [];
  // Projects nested in this one are added while the loop runs.
  for (const asked of selection.projects.values()) {
    const loaded = loadProject(files, asked.home, rules, fixed !== undefined);
    selection.addInner(asked, loaded.contents.inner);
    const everything = asked.folders.has('');
    const documents = [...loaded.project.documents].filter(({ path }) => everything || isAsked(asked, path));
    const { root } = asked.home;
    const estate = {
      asked,
      loaded,
      root: relative(cwd, root),
      documents: documents.sort((a, b) => (a.path < b.path ? -1 : 1)),
      shown: root === cwd ? (path: string) => path : (path: string) => relative(cwd, join(root, path)),
    };
    estates.push(estate);
    for (const stranger of ignored ? strangers(around, asked, loaded, false) : []) {
      const { config, documents: others, nestedConfigs } = loaded.project;
      const project = new Project(root, config, [...others, stranger], nestedConfigs);
      estates.push({ ...estate, loaded: { ...loaded, project }, documents: [stranger] });
    }
  }
  return estates.filter(({ documents }) => documents.length > 0);
}

/** The findings of what was asked for of an estate. */
export function findingsOf({ asked, loaded }: Estate, now: number): Finding[] {
  return judgeAsked(asked, loaded, [], { now }).findings.map(({ finding }) => finding);
}
