import { asMarkdown, asText, type Block } from '../../insight/blocks';
import { effectiveAnswer, type EffectiveAnswer } from '../../insight/effective';
import { effectiveBlocks, type KnownTables } from '../../insight/effective-blocks';
import { estateOptions, loadEstates, type Estate } from '../estates';
import { answering, writeJson } from '../insight-output';
import { Lazily } from '../json-pieces';
import { exit, type Io } from '../io';
import { optionLines } from '../options';

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
  if (!estates.some(({ documents }) => documents.some(({ facts }) => facts))) return nothing(io);
  if (format === 'json') {
    const projects = estates.map((estate) => ({ root: estate.root, documents: new Lazily(answers(estate)) }));
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
  yield text;
}

function* answers({ documents, loaded: { project } }: Estate): Generator<EffectiveAnswer> {
  for (const document of documents) {
    const answer = effectiveAnswer(project, document);
    if (answer) yield answer;
  }
}

/** Says that there is nothing to answer about. */
export function nothing(io: Io): number {
  io.stderr.write('kea-policy: no policy or device found (*.kea-policy.json)\n');
  return exit.nothing;
}
