import { command } from '../command';
import { exit, refuse } from '../io';
import { optionLines, type OptionSpecs } from '../options';
import { absolute } from '../paths';
import type { Review } from '../accept/outcome';
import { reviewing } from '../accept/reviewing';
import { visible } from '../visible';

const options: OptionSpecs = {
  by: { value: 'NAME', help: 'who accepts: a person, or a role with a ticket; asked for where needed' },
  language: { value: 'TAG', help: 'which text of the catalogue was read, such as en' },
  reference: { value: 'TEXT', help: 'a ticket, or the revision in Kaspersky Security Center' },
  help: { help: 'this text' },
};

const usage = `Usage: kea-policy accept FILE… [options]

Records in policies and devices that the terms of the KSN Statement were accepted. Asks on the terminal, for each
file on its own; without a terminal it does nothing, and no option answers in your place. The record documents an
acceptance: it does not accept the Statement in Kaspersky Security Center.

Options:
${optionLines(options)}
Exit codes: 0 recorded, or no acceptance is due; 1 not confirmed; 2 wrong usage, no terminal, or a file for which no
acceptance can be recorded.
`;

/** Records acceptances, each after a confirmation on the terminal. */
export const run = command({ options, usage }, async (given, io) => {
  if (given.paths.length === 0)
    return refuse(io, 'accept needs the files of policies or devices: accept FILE…');
  // What is asked is written to standard error, what it is about to standard output: a person must see both.
  if (!io.stdin.isTTY || !io.stdout.isTTY || !io.stderr.isTTY) {
    return refuse(io, 'accept asks a person and runs on a terminal only: nothing was recorded');
  }
  for (const path of given.paths) {
    if (!io.files.exists(absolute(io.cwd, path))) return refuse(io, `there is no file ${path}`);
    if (io.files.list(absolute(io.cwd, path)))
      return refuse(io, `${path} is a folder: name the files one by one`);
  }
  const preset = {
    by: given.last('by')?.trim(),
    language: given.last('language'),
    reference: given.last('reference')?.trim(),
  };
  let code: number = exit.ok;
  for (const path of given.paths) {
    const review = await reviewing(io, path, preset);
    io.stdout.write(`${visible(path)}: ${visible(review.said)}\n`);
    code = Math.max(code, codes[review.outcome]);
    if (review.outcome === 'aborted') break;
  }
  return code;
});

const codes: Record<Review['outcome'], number> = {
  recorded: exit.ok,
  'not due': exit.ok,
  declined: exit.findings,
  aborted: exit.findings,
  refused: exit.usage,
};
