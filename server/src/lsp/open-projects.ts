import { below, folderOf, homeOf, join, type Home, type Rules } from '../project/discover';
import { OpenProject } from './open-project';
import type { OpenTexts } from './open-texts';

/** A file with the project that it is in. */
export interface Placed {
  readonly project: OpenProject;
  /** Path within the project. */
  readonly path: string;
}

/** The projects of the workspace's folders and of the open files, each loaded once. Paths are absolute, with `/`. */
export class OpenProjects {
  private folders: readonly string[] = [];
  private readonly projects = new Map<string, OpenProject>();
  private readonly homes = new Map<string, Home>();
  private readonly places = new Map<string, Placed>();
  /** Projects that are no more; what they reported is to be taken back. */
  private readonly gone: OpenProject[] = [];
  private held: ReadonlySet<string> | undefined;
  private readonly rules: Rules;

  constructor(
    private readonly texts: OpenTexts,
    private readonly now: () => number,
  ) {
    this.rules = {
      gitignore: true,
      configs: true,
      fallback: (folder) => this.workspaceFolderOf(folder) ?? folder,
    };
  }

  // The outermost: what lies below two of them is in one project all the same.
  private workspaceFolderOf(path: string): string | undefined {
    return this.folders
      .filter((folder) => below(folder, path) !== undefined)
      .sort((a, b) => a.length - b.length)[0];
  }

  /** Names the workspace's folders; their projects are loaded by `reload`. */
  setFolders(folders: readonly string[]): void {
    this.folders = folders;
  }

  get all(): Iterable<OpenProject> {
    return this.projects.values();
  }

  /** The project whose folder this is. */
  at(root: string): OpenProject | undefined {
    return this.projects.get(root);
  }

  /** Finds and reads everything anew. */
  reload(): void {
    this.filesChanged();
    this.homes.clear();
    this.places.clear();
    const before = new Map(this.projects);
    this.projects.clear();
    for (const folder of this.folders) this.loadFrom(this.homeOf(folder), folder, before);
    for (const path of this.texts.paths) this.placeOf(path);
    for (const project of before.values()) {
      if (this.projects.get(project.root) !== project) this.gone.push(project);
    }
  }

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
    const textOf = (path: string): string | undefined => this.texts.textOf(path);
    return new OpenProject(this.texts.files, home, this.rules, this.now, textOf, isLoose);
  }

  private homeOf(folder: string): Home {
    let home = this.homes.get(folder);
    if (!home) {
      home = homeOf(this.texts.files, folder, this.rules);
      this.homes.set(folder, home);
    }
    return home;
  }

  /** The project that a file is in by its place, loaded if it is not yet. */
  placeOf(path: string): Placed | undefined {
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
      if (!this.texts.has(path)) return undefined;
      project = this.make(home);
      this.projects.set(home.root, project);
      this.filesChanged();
    }
    return { project, path: below(project.root, path)! };
  }

  /** Takes in that files may have come or gone. */
  filesChanged(): void {
    this.held = undefined;
  }

  /** Every folder that holds something of a project, with the folders above it up to the project's. */
  heldFolders(): ReadonlySet<string> {
    // Asked for every file that anybody creates or deletes, so it is kept until something changes.
    if (this.held) return this.held;
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
    this.held = folders;
    return folders;
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
        (folder) => below(folder, root) !== undefined || this.homeOf(folder).root === root,
      );
      if (inWorkspace || [...this.texts.paths].some((path) => this.homeOf(folderOf(path)).root === root))
        continue;
      this.projects.delete(root);
      this.homes.clear();
      this.places.clear();
      this.gone.push(project);
    }
  }
}
