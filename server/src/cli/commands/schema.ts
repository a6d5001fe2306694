import { folderOf, join } from '../../project/discover';
import { command } from '../command';
import { exit, type Io } from '../io';
import { meant, optionLines, type OptionSpecs } from '../options';

const options: OptionSpecs = { help: { help: 'this text' } };

const suffix = '.schema.json';

/** The folder of the schemas that are shipped with the program: beside the one that its bundles are in. */
function shipped({ files }: Io): string {
  for (let at = __dirname.replaceAll('\\', '/'); ; at = folderOf(at)) {
    const folder = join(at, 'schemas');
    if (files.exists(join(folder, `policy${suffix}`)) || at === folderOf(at)) return folder;
  }
}

/** The names of the schemas that are shipped, in order. */
const namesIn = ({ files }: Io, folder: string): string[] =>
  (files.list(folder) ?? [])
    .filter(({ name }) => name.endsWith(suffix))
    .map(({ name }) => name.slice(0, -suffix.length))
    .sort();

const usage = (io: Io): string => `Usage: kea-policy schema [NAME]

Prints a JSON Schema (draft-07): of the files, and of every JSON that a command writes. Without a name, lists
them: ${namesIn(io, shipped(io)).join(', ')}.

Options:
${optionLines(options)}`;

/** Prints a JSON Schema, or says which there are. */
export const run = command({ options, usage }, ({ paths }, io) => {
  const folder = shipped(io);
  const names = namesIn(io, folder);
  const [name, second] = paths;
  if (second !== undefined) return { wrong: `schema prints one schema at a time; ${second} is one too many` };
  if (name === undefined) {
    io.stdout.write(names.map((each) => `${each}\n`).join(''));
    return exit.ok;
  }
  if (!names.includes(name))
    return { wrong: `unknown schema ${name}${meant(name, names) || ` (${names.join(', ')})`}` };
  const bytes = io.files.read(`${folder}/${name}${suffix}`, 16 * 1024 * 1024);
  if ('fault' in bytes) return { wrong: `the schema ${name} cannot be read: ${bytes.reason}` };
  io.stdout.write(new TextDecoder().decode(bytes));
  return exit.ok;
});
