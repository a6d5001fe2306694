import type { Options } from './options';
import { meant } from './options';
import { version } from './version';

/** A JSON answer of a command: one line end at its end, indented for reading. */
export function json(answer: object): string {
  return `${JSON.stringify({ formatVersion: 1, tool: { name: 'kea-policy', version }, ...answer }, null, 2)}\n`;
}

/** The format that was asked for, the first one by default; in words what is wrong with it. */
export function chosenFormat<F extends string>(
  given: Options,
  formats: readonly F[],
): F | { readonly wrong: string } {
  const written = given.last('format') ?? formats[0]!;
  const format = formats.find((known) => known === written);
  return (
    format ?? { wrong: `unknown format ${written}${meant(written, formats) || ` (${formats.join(', ')})`}` }
  );
}
