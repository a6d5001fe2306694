import { below, folderOf, homeOf, join, type Home, type Rules } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Files } from '../project/files';
import type { Io } from './io';
import type { Options } from './options';
import { absolute } from './paths';

/** A project of which something was asked for; paths within it. */
export interface Asked {
  readonly home: Home;
  /** Folders; `''` for the whole project. */
  readonly folders: Set<string>;
  /** Files that were named outright. */
  readonly files: Set<string>;
}

/** Whether a path within the project was asked for. */
export function isAsked({ folders, files }: Asked, path: string): boolean {
  if (files.has(path)) return true;
  for (const folder of folders) if (below(folder, path) !== undefined || folder === '') return true;
  return false;
}

/** How paths are turned into projects. */
export interface Surroundings {
  readonly files: Files;
  readonly cwd: string;
  /** The project, where `--config` has fixed it. */
  readonly fixed: Home | undefined;
  readonly rules: Rules;
}

/** How discovery goes about a folder without config and repository: see language.md, Files. */
export function rulesFor(cwd: string, gitignore: boolean, configs: boolean): Rules {
  return {
    gitignore,
    configs,
    fallback: (folder) => (below(cwd, folder) === undefined ? folder : cwd),
  };
}

/** The projects that were asked for, by root. */
export class Selection {
  readonly projects = new Map<string, Asked>();
  private readonly homes = new Map<string, Home>();

  constructor(private readonly around: Surroundings) {}

  /** Adds a path as the user wrote it. Returns in words why it can't be taken. */
  add(written: string): string | undefined {
    const { files, cwd } = this.around;
    const path = absolute(cwd, written);
    // A policy by its name is one, even where a folder has it: reading it says what is wrong.
    const named = isDocumentName(path);
    if (!named && files.list(path)) return this.addFolder(path, written);
    if (!files.exists(path)) return `there is no file or folder ${written}`;
    return this.addFile(path, written);
  }

  addFile(path: string, written: string): string | undefined {
    const asked = this.projectOf(folderOf(path));
    const inside = below(asked.home.root, path);
    if (!inside) return outside(written, asked.home);
    asked.files.add(inside);
    return undefined;
  }

  addFolder(path: string, written: string): string | undefined {
    const asked = this.projectOf(path);
    const inside = below(asked.home.root, path);
    if (inside === undefined) return outside(written, asked.home);
    asked.folders.add(inside);
    return undefined;
  }

  /** The projects that lie below a project's asked folders: they were asked for too. */
  addInner(asked: Asked, inner: readonly string[]): void {
    for (const folder of inner) {
      if (isAsked(asked, folder)) this.addFolder(join(asked.home.root, folder), folder);
    }
  }

  private projectOf(folder: string): Asked {
    const { files, fixed, rules } = this.around;
    let home = fixed ?? this.homes.get(folder);
    if (!home) {
      home = homeOf(files, folder, rules);
      this.homes.set(folder, home);
    }
    let asked = this.projects.get(home.root);
    if (!asked) {
      asked = { home, folders: new Set(), files: new Set() };
      this.projects.set(home.root, asked);
    }
    return asked;
  }
}

export function isDocumentName(path: string): boolean {
  return path.endsWith(documentSuffix) || path.endsWith(`/${configName}`);
}

/** Why a file that an option names can't be written: results never take the place of a policy, device or config. */
export function notWritable(option: string, written: string, given: Options, io: Io): string | undefined {
  const path = absolute(io.cwd, written);
  const read = ['config', 'files-from', ...(option === '--write-baseline' ? [] : ['baseline'])];
  const isRead = [...read.flatMap((name) => given.all(name)), ...given.paths].some(
    (named) => absolute(io.cwd, named) === path,
  );
  if (!isRead && !isDocumentName(path)) return undefined;
  const kind = path.endsWith(documentSuffix) ? 'policy or device' : 'config';
  const what = isRead ? 'read in the same run, and' : `the name of a ${kind}, which`;
  return `${option}: ${written} is ${what} is not written over: give another file`;
}

function outside(written: string, home: Home): string {
  return `${written} is not below ${home.root}, the folder of the config that --config names`;
}
