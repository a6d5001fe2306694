import { pairs, type Placed } from '../../insight/pairs';
import { runbookFor, runbookForRemoved, runbookMarkdown, type Runbook } from '../../insight/runbook';
import { join } from '../../project/discover';
import { requiredStatement } from '../../project/effective';
import { command } from '../command';
import { estateOptions, loadEstates, readCommon } from '../estates';
import { exit } from '../io';
import { optionLines } from '../options';
import { relative } from '../paths';
import { compareRevisions, type Comparison } from '../revisions';
import { rulesFor } from '../selection';
import { nothing } from './effective';

const { color: _color, 'no-color': _noColor, ...shared } = estateOptions;
const options = {
  since: {
    value: 'REV',
    help: 'for all policies and devices that are not as they were at this git revision',
  },
  ...shared,
};

const usage = `Usage: kea-policy runbook FILE… [options]
       kea-policy runbook --since REV [options]

The steps that carry a policy into the console, as a Markdown checklist in the console's terms, with only those that
apply. With --since, only what is other than at that revision becomes a step. The console is not touched.

Options:
${optionLines(options)}`;

/** The steps that carry policies into the console. */
export const run = command({ options, usage }, async (given, io) => {
  const common = readCommon(given, io);
  if ('wrong' in common) return common;
  const since = given.last('since');
  if (since !== undefined) {
    if (given.paths.length) return { wrong: 'runbook takes files or --since REV, not both' };
    const rules = rulesFor(io.cwd, !given.has('no-gitignore'), !given.has('no-config'));
    const compared = await compareRevisions(since, undefined, {
      files: io.files,
      cwd: io.cwd,
      rules,
      now: common.now,
      findings: false,
    });
    if ('wrong' in compared) return compared;
    const shown = (path: string): string => relative(io.cwd, join(compared.top, path));
    const runbooks = changed(compared, shown);
    io.stdout.write(runbookMarkdown(runbooks, `what changed since ${since}`));
    return exit.ok;
  }
  if (given.paths.length === 0) return { wrong: 'runbook needs a file, or --since REV' };
  const estates = loadEstates(given.paths, given, io, true);
  if ('wrong' in estates) return estates;
  const runbooks = estates.flatMap(({ documents, loaded, shown }) =>
    documents.flatMap((document) => {
      const runbook = runbookFor(loaded.project, document);
      return runbook ? { ...runbook, path: shown(runbook.path) } : [];
    }),
  );
  if (runbooks.length === 0) return nothing(io, estates);
  const files = runbooks.length === 1 ? runbooks[0]!.path : `${runbooks.length} files`;
  io.stdout.write(runbookMarkdown(runbooks, files));
  return exit.ok;
});

/** Runbooks for every document that is new, other or gone, or has to be saved anew for another plug-in. */
function changed({ before, after, differing }: Comparison, shown: (path: string) => string): Runbook[] {
  const runbooks: Runbook[] = [];
  for (const [was, is] of pairs(before, after, differing)) {
    if (!is) {
      if (was) runbooks.push(runbookForRemoved(shown(was.path), was.document.facts));
      continue;
    }
    const same = was?.document === is.document;
    if (same && requiredOf(was) === requiredOf(is)) continue;
    const runbook = runbookFor(is.project, is.document, was ? was.document.facts : null);
    if (runbook && runbook.steps.length > 0) runbooks.push({ ...runbook, path: shown(is.path) });
  }
  return runbooks.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const requiredOf = ({ project, document }: Placed) => requiredStatement(project, document);
