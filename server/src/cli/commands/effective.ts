import { asMarkdown, asText } from '../../insight/blocks';
import { effectiveAnswer } from '../../insight/effective';
import { effectiveBlocks } from '../../insight/effective-blocks';
import { estateOptions, loadEstates } from '../estates';
import { answering, json } from '../insight-output';
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

/** How much text is written in one go, in characters. */
const atOnce = 1 << 16;

/** What is in force, for every policy and device asked for. */
export const run = answering({ formats, options, usage }, (given, io, { format, color }) => {
  const estates = loadEstates(given.paths, given, io, true);
  if ('wrong' in estates) return estates;
  const answers = estates.map(({ root, documents, loaded, shown }) => ({
    root,
    shown,
    documents: documents.flatMap((document) => effectiveAnswer(loaded.project, document) ?? []),
  }));
  if (answers.every(({ documents }) => documents.length === 0)) return nothing(io);
  if (format === 'json') {
    io.stdout.write(json({ projects: answers.map(({ root, documents }) => ({ root, documents })) }));
    return exit.ok;
  }
  // Each on its own would be ten thousand small writes in a large estate.
  let text = '';
  for (const { documents, shown } of answers) {
    for (const answer of documents) {
      const blocks = effectiveBlocks(answer, shown);
      text += `${format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color)}\n`;
      if (text.length < atOnce) continue;
      io.stdout.write(text);
      text = '';
    }
  }
  io.stdout.write(text);
  return exit.ok;
});

/** Says that there is nothing to answer about. */
export function nothing(io: Io): number {
  io.stderr.write('kea-policy: no policy or device found (*.kea-policy.json)\n');
  return exit.nothing;
}
