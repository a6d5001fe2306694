import { asMarkdown, asText, type Block } from '../../insight/blocks';
import { effectiveAnswer, type EffectiveAnswer } from '../../insight/effective';
import { effectiveBlocks, type KnownTables } from '../../insight/effective-blocks';
import { counted } from '../../insight/words';
import { isDevice, isPolicy, type Document } from '../../project/document';
import { estateOptions, loadEstates, type Estate } from '../estates';
import { answering, writeJson } from '../insight-output';
import { Lazily } from '../json-pieces';
import { exit, type Io } from '../io';
import { optionLines } from '../options';
import { visible } from '../visible';

const formats = ['pretty', 'markdown', 'json'] as const;
const options = {
  format: { value: 'F', help: `how to answer: ${formats.join(', ')}` },
  ...estateOptions,
};

const usage = `Usage: kea-policy effective [PATH…] [options]

Says for each policy and device which KSN settings are in force, what becomes of KSN on each agent that it meets,
and why: the document that decided, and those that lost.

Options:
${optionLines(options)}`;

/** How much text is written in one go, in characters: each answer alone would be ten thousand small writes. */
const atOnce = 1 << 16;

/** What is in force, for every policy and device asked for; each answer is written and forgotten. */
export const run = answering({ formats, options, usage }, (given, io, { format, color }) => {
  const estates = loadEstates(given.paths, given, io, true);
  if ('wrong' in estates) return estates;
  if (!estates.some(({ documents }) => documents.some(isReadable))) return nothing(io, estates);
  if (format === 'json') {
    const projects = estates.map((estate) => ({
      root: estate.root,
      documents: new Lazily(answers(estate)),
      unreadable: unreadableIn(estate),
    }));
    writeJson({ projects }, io);
  } else io.stdout.writeEach(texts(estates, format, color));
  return exit.ok;
});

function* texts(
  estates: readonly Estate[],
  format: 'pretty' | 'markdown',
  color: boolean,
): Generator<string> {
  let text = '';
  const tables: KnownTables = new Map();
  const laidOut = new WeakMap<Block, string>();
  for (const estate of estates) {
    for (const answer of answers(estate)) {
      const blocks = effectiveBlocks(answer, estate.shown, tables);
      text += `${format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color, laidOut)}\n`;
      if (text.length < atOnce) continue;
      yield text;
      text = '';
    }
  }
  const left = estates.flatMap((estate) => unreadableIn(estate).map(estate.shown));
  if (left.length > 0) {
    const blocks = [
      { text: 'Not readable, so that nothing can be said of them (kea-policy validate says why):' },
      { items: left },
    ];
    text += format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color);
  }
  yield text;
}

const isReadable = (document: Document): boolean => isPolicy(document) || isDevice(document);

/** Paths, within the project, of files that are neither a policy nor a device that could be read. */
const unreadableIn = ({ documents }: Estate): string[] =>
  documents.filter((document) => !isReadable(document)).map(({ path }) => path);

function* answers({ documents, loaded: { project } }: Estate): Generator<EffectiveAnswer> {
  for (const document of documents) {
    const answer = effectiveAnswer(project, document);
    if (answer) yield answer;
  }
}

/** Says that there is nothing to answer about: no file was found, or none of those that were can be read. */
export function nothing(io: Io, estates: readonly Estate[] = []): number {
  const [first, ...others] = estates.flatMap((estate) => unreadableIn(estate).map(estate.shown));
  const more = others.length > 0 ? ` (nor can ${counted(others.length, 'other file', 'other files')})` : '';
  const why =
    first === undefined
      ? 'no policy or device found (*.kea-policy.json)'
      : `${first} cannot be read as a policy or device${more}: kea-policy validate says why`;
  io.stderr.write(`kea-policy: ${visible(why)}\n`);
  return exit.nothing;
}
