import type { Judgement } from '../engine/judge';
import { readBaseline, writeBaseline, type Baseline } from '../engine/baseline';
import { decode, maxBytes } from '../syntax/decode';
import { wellFormed } from '../model/facts';
import { below, folderOf, type Home, type Rules } from '../project/discover';
import type { Document } from '../project/document';
import type { Files } from '../project/files';
import { configFrom, plainReader, type Loaded } from '../project/load';
import { fixAsked, type FixedFile } from './fixing';
import type { Io } from './io';
import { judgeAsked, judgeNesting, strangers, type Judged } from './judged';
import { inBaseline, makeReport } from './make-report';
import { overlaid } from './overlay';
import { absolute, relative } from './paths';
import type { Progress } from './progress';
import type { Report } from './report';
import { rulesFor, Selection, type Asked, type Surroundings } from './selection';
import { homeOfConfig, textAt } from './surroundings';
import type { Task } from './validate-options';

/** What a validation came to, or in words why there was none. */
export type Validation =
  | { readonly wrong: string }
  | {
      readonly report: Report;
      /** Policies and devices that were asked for, and configs that were named. */
      readonly documents: number;
      /** What safe fixes change, written or not. */
      readonly fixed: readonly FixedFile[];
      /** Files that could not be written, each with the reason. */
      readonly unwritten: readonly string[];
      readonly stats: Stats;
      /** Roots of the projects that were read. */
      readonly roots: readonly string[];
      /** What was read besides, absolute: texts that configs name, and files that are called otherwise. */
      readonly beside: readonly string[];
    };

/** What was done, and how long it took, in milliseconds. */
export interface Stats {
  readonly projects: number;
  readonly read: number;
  readonly reading: number;
  readonly judging: number;
  readonly locating: number;
}

/** Reads a project; see project/load.ts. */
export type Load = (files: Files, home: Home, rules: Rules, whole: boolean) => Loaded | Promise<Loaded>;

/** Says what to validate: adds to a selection, or returns in words why not. */
export type Choose = (selection: Selection) => string | undefined;

/** Reads the projects of what was chosen, judges it, fixes it where asked, and makes the report. */
export async function validate(
  task: Task,
  io: Io,
  choose: Choose,
  load: Load,
  progress: Progress,
): Promise<Validation> {
  const files = task.stdinPath === undefined ? io.files : overlaid(io.files, task.stdinPath, io.stdin.read());
  const fixedHome = task.config === undefined ? undefined : homeOfConfig(files, io.cwd, task.config);
  if (typeof fixedHome === 'string') return { wrong: fixedHome };
  const known =
    task.baseline !== undefined && task.writeBaseline === undefined
      ? baselineAt(io, task.baseline)
      : undefined;
  if (typeof known === 'string') return { wrong: known };
  const around: Surroundings = {
    files,
    cwd: io.cwd,
    fixed: fixedHome,
    rules: rulesFor(io.cwd, task.gitignore, !task.noConfig),
  };
  const selection = new Selection(around);
  const wrong = choose(selection);
  if (wrong !== undefined) return { wrong };

  const now = task.now ?? io.now();
  const judgement: Judgement = { now, levels: task.levels, noExceptions: task.noExceptions };
  const clock = { reading: 0, judging: 0, locating: 0, last: io.now() };
  const lap = (part: 'reading' | 'judging' | 'locating'): void => {
    const time = io.now();
    clock[part] += time - clock.last;
    clock.last = time;
  };
  const texts = new Map<string, string>();
  const textOf = (path: string): string | undefined => texts.get(path) ?? textAt(files, path);
  const judged: Judged[] = [];
  const roots: string[] = [];
  const beside: string[] = [];
  const fixed: FixedFile[] = [];
  const unwritten: string[] = [];
  let read = 0;
  // Projects nested in this one are added while the loop runs.
  for (const asked of selection.projects.values()) {
    const loaded = await load(files, asked.home, around.rules, fixedHome !== undefined);
    read += loaded.project.size;
    selection.addInner(asked, loaded.contents.inner);
    const extra = strangers(around, asked, loaded, task.respectIgnore);
    lap('reading');
    if (task.fix !== 'no') fixOne(asked, loaded, extra);
    const result = judgeAsked(asked, loaded, extra, judgement, () => progress.tick('judged'));
    judged.push({
      ...result,
      findings: [...result.findings, ...judgeNesting(around, selection, asked, judgement)],
    });
    roots.push(asked.home.root);
    for (const path of [...textsOf(loaded), ...extra.map((document) => document.path)]) {
      beside.push(absolute(asked.home.root, path));
    }
    lap('judging');
  }
  progress.done();
  const report = makeReport({
    judged,
    roots,
    cwd: io.cwd,
    now,
    failLevel: task.failLevel,
    showExcepted: task.showExcepted,
    baseline: known && { folder: folderOf(task.baseline!), known },
    textOf,
  });
  if (task.writeBaseline !== undefined) {
    const folder = folderOf(task.writeBaseline);
    const findings = report.withExcepted.filter(({ excepted }) => !excepted);
    const failed = io.write(
      task.writeBaseline,
      writeBaseline(findings.map((f) => inBaseline(f, io.cwd, folder))),
    );
    if (failed !== undefined) return { wrong: `cannot write the baseline: ${failed}` };
  }
  lap('locating');
  const { reading, judging, locating } = clock;
  return {
    report,
    documents: judged.reduce((sum, { documents }) => sum + documents, 0) + namedConfigs(selection),
    fixed,
    unwritten,
    stats: { projects: roots.length, read, reading, judging, locating },
    roots,
    beside,
  };

  function fixOne(asked: Asked, loaded: Loaded, extra: Document[]): void {
    for (const file of fixAsked(files, asked, loaded, extra, judgement, textOf)) {
      const whole = withMark(files, file);
      const failed = task.fix === 'write' ? io.write(file.path, whole.after) : undefined;
      if (failed === undefined) {
        fixed.push(whole);
        texts.set(file.path, file.after);
      } else {
        unwritten.push(`cannot write ${relative(io.cwd, file.path)}: ${failed}`);
        takeBack(files, loaded, extra, file);
      }
    }
  }
}

/** The files of the catalogue, as the config names them. */
function textsOf({ project }: Loaded): string[] {
  const statements = project.config?.facts.statements ?? [];
  return statements.flatMap(({ texts }) => texts.flatMap(({ file }) => wellFormed(file) ?? []));
}

/** Puts a file that could not be written back into its project as it is on disk. */
function takeBack(files: Files, { home, project }: Loaded, extra: Document[], { path }: FixedFile): void {
  const inside = below(home.root, path)!;
  if (path === home.config) {
    project.configure(configFrom(files, path, files.read(path, maxBytes)), project.nestedConfigs);
    return;
  }
  const document = plainReader(files, home.root)(inside);
  const i = extra.findIndex((other) => other.path === inside);
  if (i >= 0) extra[i] = document;
  else project.replace(inside, document);
}

/** The file with the byte order mark that it has on disk: a diff without it would not apply. */
function withMark(files: Files, { path, before, after }: FixedFile): FixedFile {
  const bytes = files.read(path, maxBytes);
  const decoded = 'fault' in bytes ? undefined : decode(bytes);
  const mark = decoded && 'bom' in decoded && decoded.bom ? '\uFEFF' : '';
  return { path, before: mark + before, after: mark + after };
}

function baselineAt(io: Io, path: string): Baseline | string {
  const bytes = io.files.read(path, 64 * 1024 * 1024);
  if ('fault' in bytes) return `the baseline ${relative(io.cwd, path)} cannot be read: ${bytes.reason}`;
  const baseline = readBaseline(new TextDecoder().decode(bytes));
  return 'wrong' in baseline
    ? `the baseline ${relative(io.cwd, path)} cannot be used: ${baseline.wrong}`
    : baseline;
}

function namedConfigs({ projects }: Selection): number {
  let named = 0;
  for (const { home, files } of projects.values()) {
    if (home.config !== undefined && files.has(below(home.root, home.config)!)) named++;
  }
  return named;
}
