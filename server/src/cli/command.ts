import { exit, refuse, type Io } from './io';
import { parseOptions, type Options, type OptionSpecs } from './options';

/** In words, why a command can't be carried out: what the user wrote is wrong, or can't be had. */
export interface Wrong {
  readonly wrong: string;
}

/** What a command says of itself. */
export interface Description {
  readonly options: OptionSpecs;
  /** The text of `--help`. */
  readonly usage: string | ((io: Io) => string);
  /** Whether an argument is the value of the option with an optional value before it. */
  readonly takes?: (io: Io, name: string, argument: string) => boolean;
}

/** Takes the arguments behind the name of the command; the answer is the exit code. */
export type Run = (args: readonly string[], io: Io) => Promise<number>;

/**
 * A command with what is the same for all: options are read, `--help` is answered, what is wrong is said in one line
 * on standard error.
 * @param carryOut returns the exit code
 */
export function command(
  { options, usage, takes }: Description,
  carryOut: (given: Options, io: Io) => Promise<number | Wrong> | number | Wrong,
): Run {
  return async (args, io) => {
    const given = parseOptions(args, options, takes && ((name, argument) => takes(io, name, argument)));
    if ('wrong' in given) return refuse(io, given.wrong);
    if (given.has('help')) {
      io.stdout.write(typeof usage === 'string' ? usage : usage(io));
      return exit.ok;
    }
    const done = await carryOut(given, io);
    return typeof done === 'number' ? done : refuse(io, done.wrong);
  };
}
