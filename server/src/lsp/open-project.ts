import { judge, judgeConfig } from '../engine/judge';
import { inOrder, Locator, placeBy, type PlacedFinding, type Span, type TextOf } from '../engine/locate';
import { affectedBy } from '../project/affected';
import { below, isIgnored, join, type Home, type Rules } from '../project/discover';
import { configName, documentSuffix, type Document } from '../project/document';
import { glob } from '../project/glob';
import { configFrom, contentOf, documentFrom, loadProject, readingAids, type Loaded } from '../project/load';
import type { Project } from '../project/project';
import { maxBytes } from '../project/read-document';
import type { Finding } from '../rules/finding';
import { Bounded } from './bounded-files';
import type { OverlaidFiles } from './overlaid-files';

/** What was found in one file. Files without findings have none of these. */
interface Verdict {
  readonly findings: readonly Finding[];
  /** Another number for every answer that may look different to the client. */
  version: number;
  located: readonly PlacedFinding[] | undefined;
}

// A file may move from one project to another: their answers must not look alike.
let lastVersion = 0;

/** A project that is kept up to date while files change. All paths are within the project. */
export class OpenProject {
  private loaded: Loaded;
  private readonly verdicts = new Map<string, Verdict>();
  /** Files that the config's findings are about: itself, and configs nested below it. */
  private configPaths: readonly string[] = [];
  /** Documents that are to be judged again, and whether the config is. */
  private readonly dirty = new Set<string>();
  private configDirty = true;
  /** Files whose answer changed since somebody last asked. */
  private readonly changed = new Set<string>();
  // Many findings of a project show places in the same few files.
  private readonly locator: Locator;
  // While a policy above is edited its findings below come and go, in files that do not change.
  private readonly spans = new Map<string, Map<string, Span>>();
  private readonly aids = readingAids({});

  /** @param isBounded whether only so many folders are looked into, since nothing says where the project ends */
  constructor(
    private readonly files: OverlaidFiles,
    readonly home: Home,
    private readonly rules: Rules,
    private readonly now: () => number,
    textOf: TextOf,
    private readonly isBounded = false,
  ) {
    this.locator = new Locator((path) => textOf(join(this.root, path)));
    this.loaded = this.load();
    this.allDirty();
  }

  get root(): string {
    return this.home.root;
  }

  get project(): Project {
    return this.loaded.project;
  }

  /** Folders below that are projects of their own, absolute. */
  get inner(): readonly string[] {
    return this.loaded.contents.inner.map((folder) => join(this.root, folder));
  }

  /** The config's path, if there is one. */
  get configPath(): string | undefined {
    return this.home.config === undefined ? undefined : below(this.root, this.home.config);
  }

  private load(): Loaded {
    const files = this.isBounded ? new Bounded(this.files) : this.files;
    return loadProject(files, this.home, this.rules);
  }

  /** Finds and reads everything anew. */
  reload(): void {
    const before = [...this.verdicts.keys()];
    this.locator.forget();
    this.spans.clear();
    this.loaded = this.load();
    this.allDirty();
    for (const path of before) {
      if (this.project.document(path) || this.configPaths.includes(path)) continue;
      this.setVerdict(path, []);
    }
  }

  private allDirty(): void {
    this.configDirty = true;
    for (const document of this.project.documents) this.dirty.add(document.path);
  }

  /** Takes in that a file is there, is not any more, or has another content. */
  update(path: string): void {
    this.locator.forget(path);
    this.spans.delete(path);
    this.touchRelated(path);
    if (path === this.configPath) return this.updateConfig();
    const before = this.project.document(path);
    const after = this.isMember(path, before !== undefined) ? this.read(path) : undefined;
    if (!before && !after) return;
    this.project.replace(path, after);
    for (const other of affectedBy(this.project, before, after)) this.dirty.add(other);
    if (after) this.dirty.add(path);
    else {
      this.dirty.delete(path);
      this.setVerdict(path, []);
    }
  }

  private isMember(path: string, wasMember: boolean): boolean {
    if (!path.endsWith(documentSuffix) || !this.files.exists(join(this.root, path))) return false;
    if (wasMember) return true;
    const ignore = (this.project.config?.facts.ignore ?? []).map(glob);
    return !isIgnored(this.files, this.home, this.rules, ignore, path);
  }

  private read(path: string): Document {
    return documentFrom(path, contentOf(this.files, join(this.root, path)), this.aids);
  }

  private updateConfig(): void {
    const before = this.project.config;
    const bytes = this.files.read(this.home.config!, maxBytes);
    const config = configFrom(this.files, this.home.config!, bytes);
    if (before?.facts.ignore.join('\n') !== config.facts.ignore.join('\n')) return this.reload();
    this.project.configure(config, this.project.nestedConfigs);
    this.allDirty();
  }

  /** Whether the states of the catalogue's texts depend on a file (absolute path). */
  usesText(path: string): boolean {
    const within = below(this.root, path);
    const statements = this.project.config?.facts.statements ?? [];
    return (
      within !== undefined &&
      statements.some(({ texts }) =>
        texts.some(
          ({ file }) => typeof file === 'string' && (file === within || within.endsWith(`/${file}`)),
        ),
      )
    );
  }

  /** Judges everything again: the clock has moved on. */
  judgeAgain(): void {
    this.allDirty();
  }

  /** Judges again the documents whose acceptance lies ahead: one day it does not. */
  judgeTimely(): void {
    for (const [path, { findings }] of this.verdicts) {
      if (findings.some(({ rule }) => rule === 'ksn-acceptance-in-future')) this.dirty.add(path);
    }
  }

  /** How much is left to be judged. */
  get pending(): number {
    return this.dirty.size + (this.configDirty ? 1 : 0);
  }

  /** Judges what is left until `until` says stop; those of `first` come first. */
  judgePending(first: Iterable<string>, isTimeUp: () => boolean): void {
    for (const path of first) this.judgeOne(path);
    if (this.configDirty) this.judgeTheConfig();
    for (const path of this.dirty) {
      if (isTimeUp()) return;
      this.judgeOne(path);
    }
  }

  private judgeOne(path: string): void {
    if (!this.dirty.delete(path)) return;
    const document = this.project.document(path);
    this.setVerdict(path, document ? judge(this.project, document, { now: this.now() }) : []);
  }

  private judgeTheConfig(): void {
    this.configDirty = false;
    const byPath = new Map<string, Finding[]>();
    for (const finding of judgeConfig(this.project, { now: this.now() })) {
      const known = byPath.get(finding.path);
      if (known) known.push(finding);
      else byPath.set(finding.path, [finding]);
    }
    for (const path of this.configPaths) if (!byPath.has(path)) this.setVerdict(path, []);
    this.configPaths = [...byPath.keys()];
    for (const [path, findings] of byPath) this.setVerdict(path, findings);
  }

  private setVerdict(path: string, findings: readonly Finding[]): void {
    const before = this.verdicts.get(path);
    if (!before && findings.length === 0) return;
    this.changed.add(path);
    if (findings.length === 0) this.verdicts.delete(path);
    else this.verdicts.set(path, { findings, version: ++lastVersion, located: undefined });
  }

  // Diagnostics of other files show places of this one.
  private touchRelated(path: string): void {
    for (const [other, verdict] of this.verdicts) {
      const shows = verdict.findings.some(({ related }) => related.some((each) => each.path === path));
      if (!shows) continue;
      verdict.located = undefined;
      verdict.version = ++lastVersion;
      this.changed.add(other);
    }
  }

  /** What is found in a file now, judged if need be; excepted findings included. */
  findings(path: string): readonly Finding[] {
    this.judgeIfDirty(path);
    return this.verdicts.get(path)?.findings ?? [];
  }

  /** The same with its places, in order. */
  located(path: string): readonly PlacedFinding[] {
    this.judgeIfDirty(path);
    const verdict = this.verdicts.get(path);
    if (!verdict) return [];
    if (!verdict.located) {
      verdict.located = verdict.findings.map((finding) => placeBy(finding, this.span)).sort(inOrder);
    }
    return verdict.located;
  }

  private readonly span = (path: string, anchor: Finding['anchor']): Span => {
    if (!('pointer' in anchor)) return this.locator.span(path, anchor);
    let known = this.spans.get(path);
    if (!known) this.spans.set(path, (known = new Map<string, Span>()));
    const id = anchor.on + anchor.pointer;
    let span = known.get(id);
    if (!span) known.set(id, (span = this.locator.span(path, anchor)));
    return span;
  };

  /** Another number for every answer about a file that may look different; 0 where nothing is found. */
  version(path: string): number {
    this.judgeIfDirty(path);
    return this.verdicts.get(path)?.version ?? 0;
  }

  private judgeIfDirty(path: string): void {
    if (this.dirty.has(path)) this.judgeOne(path);
    if (this.configDirty && path.endsWith(configName)) this.judgeTheConfig();
  }

  /** Files with findings. */
  get reported(): Iterable<string> {
    return this.verdicts.keys();
  }

  /** Hands over the files whose answer changed since the last call. */
  takeChanged(): readonly string[] {
    const changed = [...this.changed];
    this.changed.clear();
    return changed;
  }

  /** Its findings if a document had another text, everything else as it is. */
  judgeText(path: string, text: string): readonly Finding[] {
    const before = this.project.document(path);
    if (!before) return [];
    this.project.replace(path, documentFrom(path, text, this.aids));
    try {
      return judge(this.project, this.project.document(path)!, { now: this.now() });
    } finally {
      this.project.replace(path, before);
    }
  }
}
