import { command, type Description, type Run, type Wrong } from './command';
import { readCommon, type Common } from './estates';
import type { Io } from './io';
import { chosenFormat, type Options } from './options';
import { jsonPieces } from './json-pieces';
import { version } from './version';

/** A JSON answer of a command: one line end at its end, indented for reading but for long arrays. */
export function json(answer: object): string {
  return [...pieces(answer)].join('');
}

/** Writes a JSON answer of a command. It may have `Lazily` in it, and is never in memory as a whole. */
export function writeJson(answer: object, { stdout }: Io): void {
  stdout.writeEach(pieces(answer));
}

const pieces = (answer: object): Generator<string> =>
  jsonPieces({ formatVersion: 1, tool: { name: 'kea-policy', version }, ...answer });

/** A command that answers in one of some formats, by default in the first. */
export function answering<F extends string>(
  { formats, ...description }: Description & { readonly formats: readonly F[] },
  answer: (
    given: Options,
    io: Io,
    how: Common & { readonly format: F },
  ) => Promise<number | Wrong> | number | Wrong,
): Run {
  return command(description, (given, io) => {
    const format = chosenFormat(given.last('format'), formats);
    if (typeof format !== 'string') return format;
    const common = readCommon(given, io);
    return 'wrong' in common ? common : answer(given, io, { ...common, format });
  });
}
