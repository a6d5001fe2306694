import { fingerprint } from '../../engine/fingerprint';
import { asMarkdown, asText } from '../../insight/blocks';
import { diff, type DiffAnswer } from '../../insight/diff';
import { diffBlocks } from '../../insight/diff-blocks';
import { join } from '../../project/discover';
import { estateOptions } from '../estates';
import { topOf } from '../git';
import { answering, writeJson } from '../insight-output';
import { exit } from '../io';
import { meant, optionLines } from '../options';
import { absolute, relative } from '../paths';
import { compareFolders, compareRevisions } from '../revisions';
import { rulesFor } from '../selection';

const formats = ['pretty', 'markdown', 'json'] as const;
const failures = ['loss', 'gain', 'acceptance'] as const;
type Failure = (typeof failures)[number];

const { config: _config, ...shared } = estateOptions;
const options = {
  format: { value: 'F', help: `how to answer: ${formats.join(', ')}` },
  'fail-on': {
    value: 'WHAT',
    many: true,
    help: 'exit code 1 on loss or gain of KSN on a host, or on an acceptance added or changed',
  },
  ...shared,
};

const usage = `Usage: kea-policy diff [BASE [HEAD]] [options]

Says what a change means: for each policy and device the settings in force before and after, whose hosts gain or lose
KSN, acceptances added or removed and by whom, what guards the policies and was changed, findings new and gone. BASE
and HEAD are git revisions or two folders; without HEAD the working tree is compared, without BASE with HEAD. To
compare with where a branch began: kea-policy diff "$(git merge-base main HEAD)".

Options:
${optionLines(options)}
Exit codes: 0 nothing of what --fail-on names; 1 something of it; 2 wrong usage; 70 a fault of the program.
`;

/** What a change means. */
export const run = answering({ formats, options, usage }, async (given, io, { format, now, color }) => {
  const failOn: Failure[] = [];
  for (const written of given.all('fail-on').flatMap((list) => list.split(','))) {
    const failure = failures.find((known) => known === written);
    if (!failure) {
      return { wrong: `--fail-on is ${failures.join(', ')}, not ${written}${meant(written, failures)}` };
    }
    failOn.push(failure);
  }
  if (given.paths.length > 2) return { wrong: 'diff takes BASE and HEAD: two revisions or two folders' };
  const [base, head] = given.paths;
  const input = {
    files: io.files,
    cwd: io.cwd,
    rules: rulesFor(io.cwd, !given.has('no-gitignore'), !given.has('no-config')),
    now,
    findings: true,
  };
  const folders = [base, head].map(
    (path) => path !== undefined && io.files.list(absolute(io.cwd, path)) !== undefined,
  );
  const areFolders = folders[0] && folders[1];
  const compared = areFolders
    ? compareFolders(absolute(io.cwd, base!), absolute(io.cwd, head!), input)
    : await compareRevisions(base ?? 'HEAD', head, input);
  if ('wrong' in compared) {
    if (folders.includes(true))
      return { wrong: `${compared.wrong}; a folder is compared with another folder: diff FOLDER FOLDER` };
    // Outside of a repository only folders can have been meant.
    const isPair = head !== undefined && 'wrong' in topOf(io.cwd);
    return isPair ? { wrong: `${compared.wrong}; and neither ${base} nor ${head} is a folder` } : compared;
  }
  const { before, after, differing, top } = compared;
  if (before.length + after.length === 0) return { wrong: 'there is no project to compare' };
  const answer = diff(before, after, differing);
  const shown = (path: string): string => {
    const there = join(top, path);
    // what is in the first of two folders only is there
    const isGone = areFolders && !io.files.exists(there);
    return relative(io.cwd, isGone ? join(absolute(io.cwd, base!), path) : there);
  };
  if (format === 'json') writeJson({ ...answer, ...findingsForJson(answer) }, io);
  else io.stdout.write(render(format, answer, color, shown));
  return fails(answer, failOn) ? exit.findings : exit.ok;
});

function render(
  format: 'pretty' | 'markdown',
  answer: DiffAnswer,
  color: boolean,
  shown: (path: string) => string,
): string {
  const blocks = diffBlocks(answer, shown);
  return format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color);
}

/** Findings without what only editors need. */
function findingsForJson({ newFindings, goneFindings }: DiffAnswer): object {
  const plain = (findings: DiffAnswer['newFindings']): object[] =>
    findings.map(({ rule, severity, message, path, pointer, span, identity }) => ({
      rule,
      severity,
      message,
      path,
      pointer,
      line: span.from.line + 1,
      column: span.from.column + 1,
      fingerprint: fingerprint({ identity }),
    }));
  return { newFindings: plain(newFindings), goneFindings: plain(goneFindings) };
}

function fails({ lost, gained, acceptances, documents }: DiffAnswer, failOn: readonly Failure[]): boolean {
  const some = ({ hosts, uncounted }: DiffAnswer['lost']): boolean => hosts + uncounted > 0;
  const has = (effect: 'loss' | 'gain'): boolean =>
    documents.some(({ hosts }) => hosts.some((change) => change.effect === effect));
  return failOn.some((failure) => {
    if (failure === 'loss') return some(lost) || has('loss');
    if (failure === 'gain') return some(gained) || has('gain');
    return acceptances.some(({ change }) => change !== 'removed');
  });
}
