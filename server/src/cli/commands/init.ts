import { homeOf, join } from '../../project/discover';
import { configName } from '../../project/document';
import { decode } from '../../syntax/decode';
import { asked, defaults, type First } from '../import/first';
import { laidOut, type NewFile } from '../import/files';
import type { TableKind } from '../import/columns';
import { command } from '../command';
import { exit, refuse, type Io } from '../io';
import { meant, optionLines, type OptionSpecs } from '../options';
import { absolute, relative } from '../paths';
import { rulesFor } from '../selection';
import { visible } from '../visible';

const options: OptionSpecs = {
  'from-csv': {
    value: 'FILE',
    help: 'a table of policies, devices or agents that was exported from the console',
  },
  kind: {
    value: 'KIND',
    help: 'what the table lists, where its columns do not tell: policies, devices, agents',
  },
  help: { help: 'this text' },
};

const usage = `Usage: kea-policy init [FOLDER] [options]

Makes a config and a first policy in a folder, by default the current one: by questions on a terminal, by defaults
elsewhere; or the files of an exported table. A first policy applies nothing, nothing is ever accepted, and no file
is overwritten. Texts of the catalogue are marked in .gitattributes, so that git leaves their bytes alone.

Options:
${optionLines(options)}`;

/** What is about to be written, and what to say about it. */
interface Plan {
  readonly files: readonly NewFile[];
  readonly notes: readonly string[];
}

const kinds: readonly TableKind[] = ['policies', 'devices', 'agents'];

/** Makes the first files of a project. */
export const run = command({ options, usage }, async (given, io) => {
  const [named = '.', second] = given.paths;
  if (second !== undefined) return refuse(io, `init makes one project at a time; ${second} is one too many`);
  const written = given.last('kind');
  const kind = kinds.find((known) => known === written);
  if (written !== undefined && !kind) {
    return refuse(io, `unknown kind ${written}${meant(written, kinds) || ` (${kinds.join(', ')})`}`);
  }
  const table = given.last('from-csv');
  if (kind && table === undefined) return refuse(io, '--kind goes with --from-csv');
  const folder = absolute(io.cwd, named);
  if (io.files.exists(folder) && !io.files.list(folder)) return refuse(io, `${named} is not a folder`);
  const home = homeOf(io.files, folder, rulesFor(io.cwd, true, true));
  const config = home.config && relative(io.cwd, home.config);

  let plan: Plan | readonly string[];
  if (table !== undefined) plan = await fromTable(io, table, kind, config);
  else if (config !== undefined) {
    return refuse(
      io,
      home.root === folder
        ? `${config} is there already: nothing is overwritten`
        : `${named === '.' ? 'this folder' : named} is in the project of ${config} already: a config there would take its folder out of it, so nothing was written`,
    );
  } else {
    const first = io.stdin.isTTY && io.stdout.isTTY ? await asked(io) : defaults;
    if (!first) return refuse(io, 'no answer: nothing was written');
    plan = { files: firstFiles(first), notes: [] };
  }
  if (!('files' in plan)) {
    for (const wrong of plan) refuse(io, visible(wrong));
    return exit.usage;
  }
  return write(io, folder, plan);
});

/** The files of a table, or what is wrong with it. */
async function fromTable(
  io: Io,
  file: string,
  kind: TableKind | undefined,
  config: string | undefined,
): Promise<Plan | readonly string[]> {
  const bytes = io.files.read(absolute(io.cwd, file), 64 * 1024 * 1024);
  if ('fault' in bytes) return [`${file} cannot be read: ${bytes.reason}`];
  const { tableText } = await import('../import/table-text');
  const text = tableText(bytes);
  if ('wrong' in text) return [`${file} cannot be read: ${text.wrong}`];
  const { readCsv } = await import('../lazy/csv');
  const rows = readCsv(text);
  if ('wrong' in rows) return [`${file} is not a table: ${rows.wrong}`];
  const { imported } = await import('../import/project');
  const result = imported(rows, kind);
  if ('wrong' in result) return result.wrong.map((wrong) => `${file}: ${wrong}`);
  if (config !== undefined && result.kind === 'agents') {
    return [`${config} is there already: nothing is overwritten; write the agents into it by hand`];
  }
  const own = config === undefined ? [configFile({ agents: result.agents }), attributes] : [];
  return { files: [...own, ...result.files], notes: result.notes };
}

function firstFiles({ plugin, name, administrationGroup }: First): NewFile[] {
  const policy = {
    formatVersion: 1,
    kind: 'policy',
    name,
    administrationGroup,
    status: 'active',
    ksn: { enforcement: 'undefined' },
  };
  return [
    configFile({ ...(plugin && { plugin }), agents: [] }),
    attributes,
    { path: 'policy.kea-policy.json', text: laidOut(policy) },
  ];
}

/** A config with what is known, and with the members that a reader will look for at their defaults. */
function configFile(known: object): NewFile {
  const config = {
    formatVersion: 1,
    ...known,
    statements: [],
    acceptance: { evidence: ['acceptedBy', 'acceptedAt'], approvers: [] },
  };
  return { path: configName, text: laidOut(config) };
}

const marked = 'statements/** -text';

/** Keeps git from changing line ends of Statement texts, whose hashes are of their raw bytes. */
const attributes: NewFile = { path: '.gitattributes', text: `${marked}\n` };

function write(io: Io, folder: string, { files, notes }: Plan): number {
  const mark = files.includes(attributes) ? withMark(io, folder) : [];
  const pending = [...files.filter((file) => file !== attributes), ...(typeof mark === 'string' ? [] : mark)];
  const there = pending.filter(({ path }) => path !== attributes.path && io.files.exists(join(folder, path)));
  for (const { path } of there) {
    refuse(
      io,
      `${visible(relative(io.cwd, join(folder, path)))} is there already: nothing is overwritten, nothing was written`,
    );
  }
  if (there.length > 0) return exit.usage;
  for (const { path, text } of pending) {
    const shown = visible(relative(io.cwd, join(folder, path)));
    const failed = io.write(join(folder, path), text);
    if (failed !== undefined) return refuse(io, `cannot write ${shown}: ${failed}`);
    io.stdout.write(`wrote ${shown}\n`);
  }
  for (const note of typeof mark === 'string' ? [...notes, mark] : notes)
    io.stdout.write(`${visible(note)}\n`);
  return exit.ok;
}

/** The file of attributes with the mark behind what it holds; none where it has the mark; in words why it can't be had. */
function withMark(io: Io, folder: string): readonly NewFile[] | string {
  const bytes = io.files.read(join(folder, attributes.path), 1024 * 1024);
  const byHand = `Add the line "${marked}" to ${attributes.path} yourself`;
  if ('fault' in bytes) {
    return bytes.fault === 'missing' ? [attributes] : `${byHand}: it cannot be read (${bytes.reason}).`;
  }
  const decoded = decode(bytes);
  // It would not come back as it was.
  if ('fault' in decoded) return `${byHand}: it is not UTF-8.`;
  const { text, bom } = decoded;
  if (text.split(/\r?\n/).includes(marked)) return [];
  const before = `${bom ? '\uFEFF' : ''}${text}${text === '' || text.endsWith('\n') ? '' : '\n'}`;
  return [{ ...attributes, text: `${before}${marked}\n` }];
}
