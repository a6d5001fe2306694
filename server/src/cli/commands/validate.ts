import { command } from '../command';
import { githubSummary, humanFormats, reporterFor } from '../formats';
import { exit, refuse, type Io } from '../io';
import { optionLines } from '../options';
import { absolute, relative } from '../paths';
import { progress } from '../progress';
import { reading } from '../reading';
import { atLeast, type Report, type ReportOptions } from '../report';
import { isDocumentName, type Selection } from '../selection';
import { readTask, takesNext, validateOptions, type Task } from '../validate-options';
import type { Run } from '../watching';
import { validate, type Choose, type Validation } from '../validation';

const usage = `Usage: kea-policy validate [PATH…] [options]

Validates policies and devices, by default those below the current folder. Rules that look across files look
across the whole project, also where only some of its files are named.

Options:
${optionLines(validateOptions)}
Exit codes: 0 nothing at or above the fail level; 1 findings; 2 wrong usage; 3 no policy file found;
70 a fault of the program.
`;

/** Validates, once or on every change. */
export const run = command({ options: validateOptions, usage, takes: takesNext }, async (given, io) => {
  const task = readTask(given, io);
  if ('wrong' in task) return task;
  if (task.watch) return (await import('../watching')).watch(task, io, () => once(task, io));
  return (await once(task, io)).code;
});

/** One validation with its output. */
async function once(task: Task, io: Io): Promise<Run> {
  const started = io.now();
  const choose = await chooser(task, io);
  if (typeof choose === 'string') return { code: refuse(io, choose), roots: [], beside: [] };
  const shown = progress(io);
  const loading = await reading(task, io, shown);
  const validation = await validate(task, io, choose, loading.load, shown);
  const notKept = loading.close();
  if (notKept !== undefined) io.stderr.write(`kea-policy: the cache cannot be written: ${notKept}\n`);
  if ('wrong' in validation) return { code: refuse(io, validation.wrong), roots: [], beside: [] };
  const unwritten = [...validation.unwritten, ...(await output(task, io, validation))];
  for (const reason of unwritten) refuse(io, reason);
  if (task.stats) io.stderr.write(statistics(validation, io.now() - started, loading.notes));
  const { roots, beside } = validation;
  return { code: exitCode(task, io, validation, unwritten.length > 0), roots, beside };
}

type Done = Exclude<Validation, { wrong: string }>;

function exitCode(task: Task, io: Io, { report, documents }: Done, unwritten: boolean): number {
  if (unwritten) return exit.usage;
  if (task.writeBaseline !== undefined) return exit.ok;
  const failing = report.findings.some((f) => !f.excepted && atLeast(f.severity, task.failLevel));
  if (failing) return exit.findings;
  // That git says nothing changed is an answer, not an oversight.
  if (documents > 0 || task.allowEmpty || task.changed !== undefined || task.staged) return exit.ok;
  io.stderr.write(
    'kea-policy: no policy file found (*.kea-policy.json); --allow-empty makes that no failure\n',
  );
  return exit.nothing;
}

/** Writes the report in all formats. Returns why files could not be written. */
async function output(task: Task, io: Io, { report: found, fixed }: Done): Promise<string[]> {
  const failed: string[] = [];
  const written = task.fix === 'write' ? fixed.map(({ path }) => relative(io.cwd, path)) : [];
  const report = { ...found, fixed: written };
  if (task.fix === 'diff') {
    const { unifiedDiff } = await import('../lazy/diff');
    for (const file of fixed) io.stdout.write(unifiedDiff(file, io.cwd));
  }
  for (const { format, file } of task.outputs) {
    if (file === undefined && task.fix === 'diff') continue;
    const options = optionsFor(task, io, file === undefined);
    const shown = task.quiet && humanFormats.has(format) ? onlyFailing(report, task) : report;
    if (shown === undefined) continue;
    const pieces = (await reporterFor(format))(shown, options);
    if (file === undefined)
      for (const piece of typeof pieces === 'string' ? [pieces] : pieces) io.stdout.write(piece);
    else {
      const reason = io.write(file, typeof pieces === 'string' ? pieces : [...pieces].join(''));
      if (reason !== undefined) failed.push(`cannot write ${file}: ${reason}`);
    }
    const summary = io.env.GITHUB_STEP_SUMMARY;
    if (format === 'github' && summary) {
      const reason = io.append(summary, await githubSummary(report));
      if (reason !== undefined) failed.push(`cannot write the job summary: ${reason}`);
    }
  }
  return failed;
}

/** The report with nothing but what makes the run fail; `undefined` where that is nothing. */
function onlyFailing(report: Report, { failLevel }: Task): Report | undefined {
  const findings = report.findings.filter((f) => !f.excepted && atLeast(f.severity, failLevel));
  return findings.length === 0 ? undefined : { ...report, findings };
}

function optionsFor(task: Task, { stdout, env }: Io, toTerminal: boolean): ReportOptions {
  const terminal = toTerminal && stdout.isTTY;
  const wanted = terminal && !env.NO_COLOR && env.TERM !== 'dumb';
  const width = terminal ? stdout.columns : undefined;
  return { color: task.color ?? wanted, env, ...(width !== undefined && { width }) };
}

function statistics({ stats, report }: Done, total: number, notes: readonly string[]): string {
  const { projects, read, reading, judging, locating } = stats;
  const rows = [
    `${projects} project(s), ${read} document(s) read, ${report.summary.files} file(s) judged`,
    `read ${reading} ms, judge ${judging} ms, locate ${locating} ms, in all ${total} ms`,
    ...notes,
  ];
  return rows.map((row) => `${row}\n`).join('');
}

/** What says which files to validate, or in words why that can't be told. */
async function chooser(task: Task, io: Io): Promise<Choose | string> {
  if (task.stdinPath !== undefined) {
    const path = task.stdinPath;
    return (selection) => selection.addFile(path, path);
  }
  const listed = listedPaths(task, io);
  if (typeof listed === 'string') return listed;
  const named = [...task.paths, ...listed];
  if (task.changed === undefined && !task.staged) {
    return addAll(named.length || task.filesFrom.length ? named : ['.']);
  }
  const { changedFiles, stagedFiles, topOf } = await import('../git');
  const top = topOf(io.cwd);
  if ('wrong' in top) return `--${task.staged ? 'staged' : 'changed'} needs a git repository: ${top.wrong}`;
  const changed = task.staged ? stagedFiles(io.cwd) : changedFiles(io.cwd, task.changed!);
  if ('wrong' in changed) return `--${task.staged ? 'staged' : 'changed'}: ${changed.wrong}`;
  const within = named.map((path) => absolute(io.cwd, path));
  const missing = named.find((_, i) => !io.files.exists(within[i]!));
  if (missing !== undefined) return `there is no file or folder ${missing}`;
  const paths = [...new Set(changed)]
    .map((path) => `${top.text}/${path}`)
    .filter((path) => isDocumentName(path) && io.files.exists(path))
    .filter(
      (path) => within.length === 0 || within.some((asked) => path === asked || path.startsWith(`${asked}/`)),
    );
  return addAll(paths);
}

const addAll =
  (paths: readonly string[]): Choose =>
  (selection: Selection) => {
    for (const path of paths) {
      const wrong = selection.add(path);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

function listedPaths({ filesFrom }: Task, io: Io): readonly string[] | string {
  const paths: string[] = [];
  for (const from of filesFrom) {
    const bytes = from === '-' ? io.stdin.read() : io.files.read(absolute(io.cwd, from), 64 * 1024 * 1024);
    if ('fault' in bytes) return `--files-from ${from} cannot be read: ${bytes.reason}`;
    const text = new TextDecoder().decode(bytes);
    paths.push(...text.split(text.includes('\0') ? '\0' : /\r?\n/).filter((path) => path !== ''));
  }
  return paths;
}
