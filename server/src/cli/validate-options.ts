import type { Level, Severity } from '../model/config';
import { rules, rulesById } from '../rules';
import { formats, type Format } from './formats';
import type { Wrong } from './command';
import type { Io } from './io';
import { meant, type OptionSpecs, type Options } from './options';
import { absolute, relative } from './paths';
import { severities } from './report';
import { isDocumentName, notWritable } from './selection';

export const validateOptions: OptionSpecs = {
  format: { value: 'F[=FILE]', many: true, help: `how, and into which file: ${formats.join(', ')}` },
  'fail-level': { value: 'LEVEL', help: 'error (default), warning or info: from where the exit code is 1' },
  rule: { value: 'NAME=LEVEL', many: true, help: 'off, info, warning or error for a rule, over the config' },
  config: { value: 'FILE', help: 'the one config, whose folder is the project; nested ones are ignored' },
  'no-config': { help: 'read no config: all defaults hold' },
  'no-exceptions': { help: 'ignore all recorded exceptions' },
  'show-excepted': { help: 'show what exceptions cover, too' },
  baseline: { value: 'FILE', help: "known findings, which don't count" },
  'write-baseline': {
    value: 'FILE',
    optional: true,
    help: 'write what is found now as the baseline (that of --baseline)',
  },
  fix: { help: 'apply safe fixes, which change nothing that any device does' },
  diff: { help: 'with --fix: print what it would change, and write nothing' },
  stdin: { help: 'read one document from standard input' },
  'stdin-path': { value: 'PATH', help: 'with --stdin: where that document would be' },
  'files-from': { value: 'FILE', many: true, help: 'paths, separated by NUL or lines; - for standard input' },
  changed: {
    value: 'BASE',
    optional: true,
    help: 'only what git says changed since BASE (HEAD), new files included',
  },
  staged: { help: 'only what is staged in git' },
  'no-gitignore': { help: 'take files that git ignores, too' },
  'respect-ignore': { help: 'leave out ignored files even where they are named' },
  'allow-empty': { help: 'exit code 0 where there is no policy file' },
  watch: { help: 'again on every change, until interrupted' },
  jobs: { value: 'N', help: 'threads; chosen by size where not given' },
  cache: { value: 'FILE', optional: true, help: 'keep results by content (.kea-policy-cache)' },
  now: { value: 'TIME', help: 'the time to judge by, such as 2027-01-31T12:00:00Z' },
  color: { help: 'colours, also off a terminal' },
  'no-color': { help: 'no colours' },
  quiet: { help: 'only findings at or above the fail level' },
  stats: { help: 'what was done and how long it took, on standard error' },
  help: { help: 'this text' },
};

/** What `validate` is to do, checked as far as that goes without looking at files. */
export interface Task {
  readonly paths: readonly string[];
  readonly outputs: readonly { readonly format: Format; readonly file: string | undefined }[];
  readonly failLevel: Severity;
  readonly levels: ReadonlyMap<string, Level>;
  readonly config: string | undefined;
  readonly noConfig: boolean;
  readonly noExceptions: boolean;
  readonly showExcepted: boolean;
  readonly baseline: string | undefined;
  /** Where to write a baseline. */
  readonly writeBaseline: string | undefined;
  readonly fix: 'no' | 'write' | 'diff';
  /** Absolute path that standard input stands for. */
  readonly stdinPath: string | undefined;
  readonly filesFrom: readonly string[];
  /** The revision of `--changed`. */
  readonly changed: string | undefined;
  readonly staged: boolean;
  readonly gitignore: boolean;
  readonly respectIgnore: boolean;
  readonly allowEmpty: boolean;
  readonly watch: boolean;
  readonly jobs: number | undefined;
  /** Absolute path of the cache. */
  readonly cache: string | undefined;
  readonly now: number | undefined;
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  readonly stats: boolean;
}

/** What the options of `validate` ask for, or in words what is wrong with them. */
export function readTask(given: Options, io: Io): Task | Wrong {
  const file = (name: string): string | undefined => {
    const written = given.last(name);
    return written ? absolute(io.cwd, written) : undefined;
  };
  const outputs = readFormats(given, io);
  if ('wrong' in outputs) return outputs;
  const levels = readLevels(given);
  if ('wrong' in levels) return levels;
  const failLevel = given.last('fail-level') ?? 'error';
  if (!isSeverity(failLevel)) {
    return {
      wrong: `--fail-level is error, warning or info, not ${failLevel}${meant(failLevel, severities)}`,
    };
  }
  const jobs = given.last('jobs');
  if (jobs !== undefined && !/^[1-9]\d{0,3}$/.test(jobs))
    return { wrong: `--jobs is a number from 1, not ${jobs}` };
  const now = given.last('now');
  const time = now === undefined ? undefined : timeOf(now);
  if (Number.isNaN(time)) return { wrong: `--now is a time such as 2027-01-31T12:00:00Z, not ${now}` };
  const conflict = conflictIn(given);
  if (conflict !== undefined) return { wrong: conflict };
  for (const option of ['cache', 'write-baseline']) {
    const named = given.last(option);
    const refused = named && notWritable(`--${option}`, named, given, io);
    if (refused) return { wrong: refused };
  }
  const written = [...outputs.map((output) => output.file), file('cache'), file('write-baseline')];
  const twice = written.find((path, i) => path !== undefined && written.indexOf(path) < i);
  if (twice !== undefined)
    return { wrong: `two results would go to ${relative(io.cwd, twice)}: give each a file of its own` };
  return {
    paths: given.paths,
    outputs,
    failLevel,
    levels,
    config: file('config'),
    noConfig: given.has('no-config'),
    noExceptions: given.has('no-exceptions'),
    showExcepted: given.has('show-excepted'),
    baseline: file('baseline'),
    writeBaseline: given.has('write-baseline') ? (file('write-baseline') ?? file('baseline')) : undefined,
    fix: given.has('fix') ? (given.has('diff') ? 'diff' : 'write') : 'no',
    stdinPath: given.has('stdin') ? file('stdin-path') : undefined,
    filesFrom: given.all('files-from'),
    changed: given.has('changed') ? given.last('changed') || 'HEAD' : undefined,
    staged: given.has('staged'),
    gitignore: !given.has('no-gitignore'),
    respectIgnore: given.has('respect-ignore'),
    allowEmpty: given.has('allow-empty'),
    watch: given.has('watch'),
    jobs: jobs === undefined ? undefined : Number(jobs),
    cache: given.has('cache') ? (file('cache') ?? absolute(io.cwd, '.kea-policy-cache')) : undefined,
    now: time,
    color: given.has('no-color') ? false : given.has('color') ? true : undefined,
    quiet: given.has('quiet'),
    stats: given.has('stats'),
  };
}

/** Whether an argument belongs to the option with an optional value before it, and is no PATH of its own. */
export function takesNext(io: Io, name: string, next: string): boolean {
  const path = absolute(io.cwd, next);
  if (name === 'changed') return !io.files.exists(path);
  return !isDocumentName(path) && io.files.list(path) === undefined;
}

function readFormats(given: Options, io: Io): Task['outputs'] | Wrong {
  const outputs: { format: Format; file: string | undefined }[] = [];
  for (const written of given.all('format')) {
    const equals = written.indexOf('=');
    const name = equals < 0 ? written : written.slice(0, equals);
    const file = equals < 0 ? undefined : written.slice(equals + 1);
    const format = formats.find((known) => known === name);
    if (!format)
      return { wrong: `unknown format ${name}${meant(name, formats) || ` (${formats.join(', ')})`}` };
    if (file === '') return { wrong: `--format ${name}= needs a file behind the =` };
    const refused = file && notWritable(`--format ${name}`, file, given, io);
    if (refused) return { wrong: refused };
    outputs.push({ format, file: file && absolute(io.cwd, file) });
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    return { wrong: 'only one format can go to standard output: give the others a file, --format F=FILE' };
  }
  return outputs.length ? outputs : [{ format: io.stdout.isTTY ? 'pretty' : 'compact', file: undefined }];
}

function readLevels(given: Options): ReadonlyMap<string, Level> | Wrong {
  const levels = new Map<string, Level>();
  for (const written of given.all('rule')) {
    const [name = '', level = ''] = written.split('=', 2);
    const rule = rulesById.get(name);
    if (!rule)
      return {
        wrong: `unknown rule ${name}${
          meant(
            name,
            rules.map(({ id }) => id),
          ) || '; kea-policy rules lists them'
        }`,
      };
    if (rule.always)
      return { wrong: `--rule ${name}: it is always an error, since nothing else could be judged` };
    if (!isLevel(level)) {
      const found = level === '' ? 'none is given' : `not ${level}${meant(level, levelNames)}`;
      return { wrong: `--rule ${name}=LEVEL: the level is off, info, warning or error; ${found}` };
    }
    levels.set(name, level);
  }
  return levels;
}

const isSeverity = (text: string): text is Severity => (severities as readonly string[]).includes(text);
const levelNames = ['off', ...severities];
const isLevel = (text: string): text is Level => text === 'off' || isSeverity(text);

/** Milliseconds since 1970 of a date (its start in UTC) or a date-time with offset; `NaN` for another text. */
export function timeOf(text: string): number {
  const form = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/i.exec(text);
  if (!form) return NaN;
  const day = new Date(Date.UTC(Number(form[1]), Number(form[2]) - 1, Number(form[3])));
  return day.getUTCDate() === Number(form[3]) ? Date.parse(text) : NaN; // no 31st of February
}

const exclusive: readonly (readonly [string, string, string?])[] = [
  ['config', 'no-config'],
  ['color', 'no-color'],
  ['changed', 'staged'],
  ['stdin', 'changed'],
  ['stdin', 'staged'],
  ['stdin', 'files-from', 'one of them only can say what to validate'],
  ['stdin', 'watch'],
  ['watch', 'fix', 'fixing while somebody edits would get in their way'],
  ['watch', 'write-baseline'],
  ['fix', 'write-baseline'],
];

function conflictIn(given: Options): string | undefined {
  for (const [a, b, why] of exclusive) {
    if (given.has(a) && given.has(b)) return `--${a} and --${b} exclude each other${why ? `: ${why}` : ''}`;
  }
  if (given.has('diff') && !given.has('fix'))
    return '--diff goes with --fix: it prints what that would change';
  if (given.has('stdin') && !given.has('stdin-path'))
    return '--stdin needs --stdin-path PATH: where the document would be';
  if (given.has('stdin-path') && !given.has('stdin')) return '--stdin-path goes with --stdin';
  if (given.has('stdin') && given.paths.length) return '--stdin validates one document: name no other path';
  if (given.has('stdin') && given.has('fix') && !given.has('diff')) {
    return '--fix has no file to write to with --stdin: add --diff to print the changes';
  }
  if (given.has('write-baseline') && !given.last('write-baseline') && !given.last('baseline')) {
    return '--write-baseline needs a file: --write-baseline FILE';
  }
  return undefined;
}
