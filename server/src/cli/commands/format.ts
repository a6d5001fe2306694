import { formatDocument } from '../../engine/format';
import { decode, maxBytes } from '../../syntax/decode';
import { askedFiles } from '../asked-files';
import { command } from '../command';
import { exit, type Io } from '../io';
import { optionLines, type OptionSpecs } from '../options';
import { relative } from '../paths';
import { visible } from '../visible';

const options: OptionSpecs = {
  check: { help: 'write nothing; list the files in another layout, and exit with 1 where there are any' },
  'no-gitignore': { help: 'take files that git ignores, too' },
  help: { help: 'this text' },
};

const usage = `Usage: kea-policy format [PATH…] [options]

Lays out policies, devices and configs: two blanks a step, members in the order of the language. Values are left
as they are written, and so are line ends and a byte order mark. Files that are not strict JSON are left alone.

Options:
${optionLines(options)}
Exit codes: 0 done, or nothing to do; 1 with --check: files are in another layout; or a file is not strict JSON;
2 wrong usage, or a file that cannot be written; 3 no policy file found.
`;

/** Brings files into the canonical layout, or lists those that are not. */
export const run = command({ options, usage }, (given, io) => {
  const files = askedFiles(io, given.paths, !given.has('no-gitignore'));
  if ('wrong' in files) return files;
  if (files.length === 0) {
    io.stderr.write('kea-policy: no policy file found (*.kea-policy.json)\n');
    return exit.nothing;
  }
  let code: number = exit.ok;
  for (const path of files) {
    const done = formatOne(io, path, given.has('check'));
    if ('wrong' in done) io.stderr.write(`kea-policy: ${visible(relative(io.cwd, path))}: ${done.wrong}\n`);
    else if (done.changed) io.stdout.write(`${visible(relative(io.cwd, path))}\n`);
    code = Math.max(code, done.code);
  }
  return code;
});

type Done = { readonly code: number } & ({ readonly changed: boolean } | { readonly wrong: string });

function formatOne(io: Io, path: string, check: boolean): Done {
  const bytes = io.files.read(path, maxBytes);
  if ('fault' in bytes) return { code: exit.findings, wrong: `cannot be read: ${bytes.reason}` };
  const decoded = decode(bytes);
  if ('fault' in decoded) return { code: exit.findings, wrong: decoded.message };
  const { text, bom } = decoded;
  const formatted = formatDocument(text);
  if (formatted === undefined) {
    const wrong =
      'left as it is: not strict JSON, or a member is named twice (kea-policy validate says where)';
    return { code: exit.findings, wrong };
  }
  if (formatted === text) return { code: exit.ok, changed: false };
  if (check) return { code: exit.findings, changed: true };
  const failed = io.write(path, bom ? `\uFEFF${formatted}` : formatted);
  return failed === undefined
    ? { code: exit.ok, changed: true }
    : { code: exit.usage, wrong: `cannot be written: ${failed}` };
}
