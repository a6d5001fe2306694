import type { PlacedFinding } from '../engine/locate';
import { below, folderOf, homeOf, join, type Home, type Rules } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { Files } from '../project/files';
import { maxBytes } from '../project/read-document';
import { OpenProject } from './open-project';
import { OverlaidFiles } from './overlaid-files';

/** A file with the project that it is in. */
export interface Placed {
  readonly project: OpenProject;
  /** Path within the project. */
  readonly path: string;
}

/**
 * All projects of a workspace, up to date with what is open and what is on disk. Paths are absolute, with `/`;
 * nothing here knows LSP. Changes are taken in when something is asked next, so that fast typing costs once.
 */
export class Workspace {
  readonly files: OverlaidFiles;
  private folders: readonly string[] = [];
  private readonly projects = new Map<string, OpenProject>();
  private readonly homes = new Map<string, Home>();
  private readonly places = new Map<string, Placed>();
  /** Texts of the files that are open, by path. */
  private readonly open = new Map<string, () => string>();
  private readonly stale = new Set<string>();
  private mustReload = false;
  private knownFolders: ReadonlySet<string> | undefined;
  private readonly rules: Rules;

  constructor(
    files: Files,
    private readonly now: () => number,
  ) {
    this.files = new OverlaidFiles(files);
    this.rules = {
      gitignore: true,
      configs: true,
      fallback: (folder) => this.workspaceFolderOf(folder) ?? folder,
    };
  }

  private workspaceFolderOf(path: string): string | undefined {
    return this.folders
      .filter((folder) => below(folder, path) !== undefined)
      .sort((a, b) => b.length - a.length)[0];
  }

  /** Names the workspace's folders, and loads their projects when something is asked next. */
  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.mustReload = true;
  }

  /** Puts an open text over a file. */
  openFile(path: string, text: () => string): void {
    const saved = this.files.readSaved(path, maxBytes);
    this.open.set(path, text);
    // A text that is just what the editor made of the file's bytes says nothing new, and the bytes say more
    // (that they are no UTF-8).
    if (!('fault' in saved) && isTextOf(saved, text())) return this.changed(path);
    this.files.put(path, text);
    this.changed(path);
  }

  /** Takes in a new text of an open file. */
  editFile(path: string): void {
    const text = this.open.get(path);
    if (!text) return;
    if (!this.files.has(path)) this.files.put(path, text);
    this.changed(path);
  }

  /** Takes an open text away again: what is on disk holds. */
  closeFile(path: string): void {
    this.open.delete(path);
    this.files.remove(path);
    this.changed(path);
  }

  /**
   * Takes in that a file changed on disk. An open text that is just what was saved goes with its file: editors
   * keep documents open that nobody sees any more.
   */
  savedFileChanged(path: string): void {
    const text = this.open.get(path);
    if (text) {
      const saved = this.files.readSaved(path, maxBytes);
      if (!('fault' in saved) && isTextOf(saved, text())) this.files.remove(path);
      else if (this.files.exists(path)) this.files.put(path, text);
    }
    this.changed(path);
  }

  isOpen(path: string): boolean {
    return this.open.has(path);
  }

  get openPaths(): Iterable<string> {
    return this.open.keys();
  }

  /** Takes in that something changed at a path: a file or a whole folder. */
  changed(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === '.gitignore' || name === '.git') this.mustReload = true;
    else if (name === configName) this.stale.add(path);
    else if (name.endsWith(documentSuffix)) this.stale.add(path);
    else if ([...this.projects.values()].some((project) => project.usesText(path))) this.stale.add(path);
    else if (this.concernsFolder(path)) this.mustReload = true;
  }

  // A folder that came or went takes its files along, and watchers may tell of the folder alone.
  private concernsFolder(path: string): boolean {
    if (/\/(node_modules|\.git)(\/|$)/.test(path)) return false;
    if (![...this.projects.values()].some(({ root }) => below(root, path) !== undefined)) return false;
    return this.held().has(path) || this.holdsSomething(path);
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
    this.knownFolders = undefined;
    if ([...this.stale].some((path) => this.changesStructure(path))) this.mustReload = true;
    if (this.mustReload) this.reload();
    for (const path of this.stale) {
      const placed = this.placeOf(path);
      if (placed) placed.project.update(placed.path);
      for (const project of this.projects.values()) {
        if (project.usesText(path) && project.configPath) project.update(project.configPath);
      }
    }
    this.stale.clear();
  }

  // A config that came or went makes or ends a project.
  private changesStructure(path: string): boolean {
    if (!path.endsWith(`/${configName}`)) return false;
    return this.files.exists(path) !== (this.projects.get(folderOf(path))?.configPath !== undefined);
  }

  private reload(): void {
    this.mustReload = false;
    this.knownFolders = undefined;
    this.stale.clear();
    this.homes.clear();
    this.places.clear();
    const before = new Map(this.projects);
    this.projects.clear();
    for (const folder of this.folders) this.loadFrom(this.homeOf(folder), folder, before);
    for (const path of this.open.keys()) this.placeOf(path);
    for (const project of before.values()) {
      if (this.projects.get(project.root) !== project) this.gone.push(project);
    }
  }

  /** Projects that are no more; what they reported is to be taken back. */
  private readonly gone: OpenProject[] = [];

  private loadFrom(home: Home, within: string, before: ReadonlyMap<string, OpenProject>): void {
    if (this.projects.has(home.root)) return;
    const known = before.get(home.root);
    let project = known;
    if (known && known.home.config === home.config) known.reload();
    else project = this.make(home);
    this.projects.set(home.root, project!);
    for (const inner of project!.inner) {
      if (below(within, inner) !== undefined) this.loadFrom(this.homeOf(inner), within, before);
    }
  }

  private make(home: Home): OpenProject {
    const isLoose =
      home.config === undefined && home.repository === undefined && !this.workspaceFolderOf(home.root);
    const textOf = (path: string): string | undefined => this.textOf(path);
    return new OpenProject(this.files, home, this.rules, this.now, textOf, isLoose);
  }

  private homeOf(folder: string): Home {
    let home = this.homes.get(folder);
    if (!home) {
      home = homeOf(this.files, folder, this.rules);
      this.homes.set(folder, home);
    }
    return home;
  }

  /** The project that a file is in by its place, loaded if it is not yet. */
  placeOf(path: string): Placed | undefined {
    if (this.mustReload) this.reload();
    const known = this.places.get(path);
    if (known) return known;
    const placed = this.findPlace(path);
    if (placed) this.places.set(path, placed);
    return placed;
  }

  private findPlace(path: string): Placed | undefined {
    const home = this.homeOf(folderOf(path));
    let project = this.projects.get(home.root);
    if (!project) {
      if (!this.open.has(path)) return undefined;
      project = this.make(home);
      this.projects.set(home.root, project);
      this.knownFolders = undefined;
    }
    return { project, path: below(project.root, path)! };
  }

  /** All projects, loaded and up to date with what has changed. */
  get all(): readonly OpenProject[] {
    this.flush();
    return [...this.projects.values()];
  }

  /** The text of a file: the open one, else what is on disk; `undefined` where it can't be read. */
  textOf(path: string): string | undefined {
    const open = this.open.get(path)?.();
    if (open !== undefined) return open;
    const bytes = this.files.readSaved(path, maxBytes);
    return 'fault' in bytes ? undefined : new TextDecoder().decode(bytes);
  }

  /** What is found in a file, from every project that has something to say about it, with places. */
  findingsOf(path: string): readonly { readonly project: OpenProject; readonly finding: PlacedFinding }[] {
    return this.speakers(path).flatMap(({ project, path: within }) =>
      project.located(within).map((finding) => ({ project, finding })),
    );
  }

  /** Another text for every answer of `findingsOf` that may look different. */
  versionOf(path: string): string {
    const versions = this.speakers(path).map(({ project, path: within }) => project.version(within));
    return versions.some((version) => version > 0) ? versions.join('.') : '0';
  }

  /** Every project that has something to say about a file: a nested config is reported under the one above too. */
  speakers(path: string): Placed[] {
    this.flush();
    const own = this.placeOf(path);
    if (!path.endsWith(`/${configName}`)) return own ? [own] : [];
    const outer = [...this.projects.values()]
      .filter((project) => project !== own?.project && below(project.root, path) !== undefined)
      .map((project) => ({ project, path: below(project.root, path)! }));
    return own ? [own, ...outer] : outer;
  }

  /** Every folder that holds something of a project, with the folders above it up to the project's. */
  heldFolders(): ReadonlySet<string> {
    this.flush();
    return this.held();
  }

  // Asked for every file that anybody creates or deletes, so it is kept until something changes.
  private held(): ReadonlySet<string> {
    if (this.knownFolders) return this.knownFolders;
    const folders = new Set<string>();
    for (const { project, root } of this.projects.values()) {
      folders.add(root);
      for (const { path } of project.documents) {
        for (
          let at = folderOf(join(root, path));
          !folders.has(at) && at.length > root.length;
          at = folderOf(at)
        ) {
          folders.add(at);
        }
      }
    }
    this.knownFolders = folders;
    return folders;
  }

  isFolder(path: string): boolean {
    return !/\/(node_modules|\.git)(\/|$)/.test(path) && this.files.list(path) !== undefined;
  }

  /** Whether anything is left to be judged. */
  get pending(): boolean {
    return (
      this.stale.size > 0 || this.mustReload || [...this.projects.values()].some(({ pending }) => pending > 0)
    );
  }

  /** Judges until it is done or time is up: open files first. */
  judgePending(isTimeUp: () => boolean): void {
    this.flush();
    for (const project of this.projects.values()) {
      if (project.pending === 0) continue;
      const first = [...this.open.keys()].flatMap((path) => below(project.root, path) ?? []);
      project.judgePending(first, isTimeUp);
      if (isTimeUp()) return;
    }
  }

  /** Judges everything again: the clock has moved on. */
  judgeAgain(): void {
    for (const project of this.projects.values()) project.judgeAgain();
  }

  /** Judges again what a passing minute may change. */
  judgeTimely(): void {
    for (const project of this.projects.values()) project.judgeTimely();
  }

  /** Every file with findings, absolute. */
  get reported(): ReadonlySet<string> {
    const paths = new Set<string>();
    for (const project of this.projects.values()) {
      for (const path of project.reported) paths.add(join(project.root, path));
    }
    return paths;
  }

  /** Hands over the files whose answer changed since the last call. */
  takeChanged(): ReadonlySet<string> {
    const paths = new Set<string>();
    for (const project of [...this.projects.values(), ...this.gone]) {
      for (const path of project.takeChanged()) paths.add(join(project.root, path));
    }
    for (const project of this.gone.splice(0)) {
      for (const path of project.reported) paths.add(join(project.root, path));
    }
    return paths;
  }

  /** Forgets projects that only files had brought in which are closed by now. */
  forgetUnused(): void {
    for (const [root, project] of this.projects) {
      const inWorkspace = this.folders.some(
        (folder) => below(folder, root) !== undefined || below(root, folder) !== undefined,
      );
      if (inWorkspace || [...this.open.keys()].some((path) => this.homeOf(folderOf(path)).root === root))
        continue;
      this.projects.delete(root);
      this.homes.clear();
      this.places.clear();
      this.gone.push(project);
    }
  }
}

function isTextOf(bytes: Uint8Array, text: string): boolean {
  // Most texts differ in length from other bytes; decoding is for those that may be the same.
  if (bytes.length < text.length) return false;
  return new TextDecoder().decode(bytes) === text.replace(/^\uFEFF/, '');
}
