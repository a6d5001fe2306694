import { nearest } from '../syntax/nearest';

/** What an option of a command takes. */
export interface OptionSpec {
  /** How its value is called in the help; absent for a flag. */
  readonly value?: string;
  /** The value may be left out (`--changed [BASE]`): taken only where it is written with `=`, or where the
   * argument behind it does not look like an option or an existing path. */
  readonly optional?: boolean;
  readonly many?: boolean;
  /** One line for the help; absent for what the help leaves out. */
  readonly help?: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The options that were given, by name without dashes, and everything else in order. */
export interface Options {
  /** Values of an option; `['']` for a flag, or an optional value that was left out. */
  all(name: string): readonly string[];
  /** The last value of an option; `undefined` where it was not given. */
  last(name: string): string | undefined;
  has(name: string): boolean;
  readonly paths: readonly string[];
}

/**
 * Reads the arguments of a command: `--name value`, `--name=value`, `--` before paths that begin with a dash.
 * A wrong one is answered with one line. An empty one is wrong, too: it is a variable that a script never set, and
 * passes for nothing that could be meant.
 * @param takes whether an argument is the value of the option with an optional value before it
 */
export function parseOptions(
  args: readonly string[],
  specs: OptionSpecs,
  takes: (name: string, argument: string) => boolean = () => false,
): Options | { readonly wrong: string } {
  const given = new Map<string, string[]>();
  const paths: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      paths.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      paths.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const written = equals < 0 ? arg : arg.slice(0, equals);
    const name = written === '-h' ? 'help' : written.startsWith('--') ? written.slice(2) : '';
    const spec = Object.hasOwn(specs, name) ? specs[name]! : undefined;
    if (!spec)
      return {
        wrong: `unknown option ${written}${meant(written, Object.keys(specs), '--')}`,
      };
    let value = equals < 0 ? undefined : arg.slice(equals + 1);
    if (!spec.value) {
      if (value !== undefined) return { wrong: `option ${written} takes no value` };
    } else if (value === undefined) {
      const next = args[i + 1];
      const takesNext = spec.optional
        ? next !== undefined && !next.startsWith('-') && takes(name, next)
        : true;
      if (takesNext) {
        value = next === undefined || (next.startsWith('-') && next !== '-') ? '' : next;
        i++;
      }
    }
    if (spec.value && value === '') {
      return { wrong: `option ${written} needs a value: ${written} ${spec.value}` };
    }
    const values = given.get(name);
    if (!values) given.set(name, [value ?? '']);
    else if (spec.many) values.push(value ?? '');
    else values.splice(0, 1, value ?? '');
  }
  if (paths.includes('')) {
    return { wrong: 'an argument is empty, and stands for no file or folder: leave it out, or fill it in' };
  }
  return {
    all: (name) => given.get(name) ?? [],
    last: (name) => given.get(name)?.at(-1),
    has: (name) => given.has(name),
    paths,
  };
}

/** ` (did you mean …?)` where a known name is near, else nothing. */
export function meant(written: string, known: readonly string[], dashes = ''): string {
  const near = nearest(written.slice(dashes.length), known);
  return near === undefined ? '' : ` (did you mean ${dashes}${near}?)`;
}

/** The format that was asked for, the first one by default; in words what is wrong with it. */
export function chosenFormat<F extends string>(
  written: string | undefined,
  formats: readonly F[],
): F | { readonly wrong: string } {
  const format = formats.find((known) => known === (written ?? formats[0]));
  return (
    format ?? { wrong: `unknown format ${written}${meant(written!, formats) || ` (${formats.join(', ')})`}` }
  );
}

/** The options of a command for its help, a line each. */
export function optionLines(specs: OptionSpecs): string {
  const rows = Object.entries(specs)
    .filter(([, spec]) => spec.help !== undefined)
    .map(([name, spec]) => {
      const value = spec.value ? (spec.optional ? ` [${spec.value}]` : ` ${spec.value}`) : '';
      return [`--${name}${value}`, spec.help!] as const;
    });
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}\n`).join('');
}
