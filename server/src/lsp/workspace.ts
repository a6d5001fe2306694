import type { PlacedFinding } from '../engine/locate';
import { below, folderOf, join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Files } from '../project/files';
import type { OpenProject } from './open-project';
import { OpenProjects, type Placed } from './open-projects';
import { OpenTexts } from './open-texts';
import type { OverlaidFiles } from './overlaid-files';

/**
 * All projects of a workspace, up to date with what is open and what is on disk. Paths are absolute, with `/`;
 * nothing here knows LSP. Changes are taken in when something is asked next, so that fast typing costs once.
 */
export class Workspace {
  private readonly texts: OpenTexts;
  private readonly projects: OpenProjects;
  private readonly stale = new Set<string>();
  private mustReload = false;

  constructor(files: Files, now: () => number) {
    this.texts = new OpenTexts(files);
    this.projects = new OpenProjects(this.texts, now);
  }

  /** The files as the user sees them. */
  get files(): OverlaidFiles {
    return this.texts.files;
  }

  /** Names the workspace's folders, and loads their projects when something is asked next. */
  setFolders(folders: readonly string[]): void {
    this.projects.setFolders(folders);
    this.mustReload = true;
  }

  /** Puts an open text over a file. */
  openFile(path: string, text: () => string): void {
    this.texts.put(path, text);
    this.changed(path);
  }

  /** Takes in a new text of an open file. */
  editFile(path: string): void {
    this.texts.edited(path);
    this.changed(path);
  }

  /** Takes an open text away again. */
  closeFile(path: string): void {
    this.texts.remove(path);
    this.changed(path);
  }

  /** Takes in that a file changed on disk. */
  savedFileChanged(path: string): void {
    this.texts.savedFileChanged(path);
    this.changed(path);
  }

  isOpen(path: string): boolean {
    return this.texts.has(path);
  }

  /** The text of a file: the open one, else what is on disk; `undefined` where it can't be read. */
  textOf(path: string): string | undefined {
    return this.texts.textOf(path);
  }

  /** Takes in that something changed at a path: a file or a whole folder. */
  changed(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === '.gitignore' || name === '.git') this.mustReload = true;
    else if (name === configName) this.stale.add(path);
    else if (name.endsWith(documentSuffix)) this.stale.add(path);
    else if ([...this.projects.all].some((project) => project.usesText(path))) this.stale.add(path);
    else if (this.concernsFolder(path)) this.mustReload = true;
  }

  // A folder that came or went takes its files along, and watchers may tell of the folder alone.
  private concernsFolder(path: string): boolean {
    if (/\/(node_modules|\.git)(\/|$)/.test(path)) return false;
    if (![...this.projects.all].some(({ root }) => below(root, path) !== undefined)) return false;
    return this.projects.heldFolders().has(path) || this.holdsSomething(path);
  }

  /** Whether a folder that came has anything of ours in it; a very large one is taken to. */
  private holdsSomething(folder: string): boolean {
    const pending = [folder];
    for (let i = 0; i < pending.length; i++) {
      if (i > 500) return true;
      for (const { name, kind } of this.files.list(pending[i]!) ?? []) {
        if (name.endsWith(documentSuffix) || name === configName || name === '.git') return true;
        if (kind === 'folder' && name !== 'node_modules') pending.push(join(pending[i]!, name));
      }
    }
    return false;
  }

  /** Takes in what has changed; every question below does so first. */
  flush(): void {
    if (this.stale.size === 0 && !this.mustReload) return;
    if (this.mustReload || [...this.stale].some((path) => this.changesStructure(path))) {
      this.mustReload = false;
      this.stale.clear();
      return this.projects.reload();
    }
    this.projects.filesChanged();
    for (const path of this.stale) {
      const placed = this.projects.placeOf(path);
      if (placed) placed.project.update(placed.path);
      for (const project of this.projects.all) {
        if (project.usesText(path) && project.configPath) project.update(project.configPath);
      }
    }
    this.stale.clear();
  }

  // A config that came or went makes or ends a project.
  private changesStructure(path: string): boolean {
    if (!path.endsWith(`/${configName}`)) return false;
    return this.files.exists(path) !== (this.projects.at(folderOf(path))?.configPath !== undefined);
  }

  /** The project that a file is in by its place, loaded if it is not yet. */
  placeOf(path: string): Placed | undefined {
    this.flush();
    return this.projects.placeOf(path);
  }

  /** The same while the text of that very file is all that changed, which is not read for that; else `undefined`. */
  placeOfEdited(path: string): Placed | undefined {
    const { stale } = this;
    return !this.mustReload && stale.size === 1 && stale.has(path) && this.isOpen(path)
      ? this.projects.placeOf(path)
      : undefined;
  }

  /** All projects, loaded and up to date with what has changed. */
  get all(): readonly OpenProject[] {
    this.flush();
    return [...this.projects.all];
  }

  /** What is found in a file, by every project that has something to say about it, with places. */
  findingsOf(
    path: string,
  ): readonly { readonly project: OpenProject; readonly findings: readonly PlacedFinding[] }[] {
    return this.speakers(path).map(({ project, path: within }) => ({
      project,
      findings: project.located(within),
    }));
  }

  /** Another text for every answer of `findingsOf` that may look different. */
  versionOf(path: string): string {
    const versions = this.speakers(path).map(({ project, path: within }) => project.version(within));
    return versions.some((version) => version > 0) ? versions.join('.') : '0';
  }

  /** Every project that has something to say about a file: a nested config is reported under the one above too. */
  speakers(path: string): Placed[] {
    const own = this.placeOf(path);
    if (!path.endsWith(`/${configName}`)) return own ? [own] : [];
    const outer = [...this.projects.all]
      .filter((project) => project !== own?.project && below(project.root, path) !== undefined)
      .map((project) => ({ project, path: below(project.root, path)! }));
    return own ? [own, ...outer] : outer;
  }

  /** Every folder that holds something of a project, with the folders above it up to the project's. */
  heldFolders(): ReadonlySet<string> {
    this.flush();
    return this.projects.heldFolders();
  }

  isFolder(path: string): boolean {
    return !/\/(node_modules|\.git)(\/|$)/.test(path) && this.files.list(path) !== undefined;
  }

  /** Whether anything is left to be judged. */
  get pending(): boolean {
    return (
      this.stale.size > 0 || this.mustReload || [...this.projects.all].some(({ pending }) => pending > 0)
    );
  }

  /** Judges until it is done or time is up: open files first. */
  judgePending(isTimeUp: () => boolean): void {
    this.flush();
    for (const project of this.projects.all) {
      if (project.pending === 0) continue;
      const first = [...this.texts.paths].flatMap((path) => below(project.root, path) ?? []);
      project.judgePending(first, isTimeUp);
      if (isTimeUp()) return;
    }
  }

  /** Judges everything again: the clock has moved on. */
  judgeAgain(): void {
    for (const project of this.projects.all) project.judgeAgain();
  }

  /** Judges again what a passing minute may change. */
  judgeTimely(): void {
    for (const project of this.projects.all) project.judgeTimely();
  }

  /** Every file with findings, absolute. */
  get reported(): ReadonlySet<string> {
    const paths = new Set<string>();
    for (const project of this.projects.all) {
      for (const path of project.reported) paths.add(join(project.root, path));
    }
    return paths;
  }

  /** Hands over the files whose answer changed since the last call. */
  takeChanged(): ReadonlySet<string> {
    return this.projects.takeChanged();
  }

  /** Forgets projects that only files had brought in which are closed by now. */
  forgetUnused(): void {
    this.projects.forgetUnused();
  }
}
