import { asMarkdown, asText } from '../../insight/blocks';
import { mostAgentUpdates, plan } from '../../insight/plan';
import { planBlocks } from '../../insight/plan-blocks';
import type { PlanRequest, Update } from '../../insight/plan-steps';
import { versionPattern } from '../../model/version';
import { estateOptions, loadEstates } from '../estates';
import { answering, writeJson } from '../insight-output';
import { exit } from '../io';
import { optionLines } from '../options';
import { nothing } from './effective';

const formats = ['pretty', 'markdown', 'json'] as const;
const options = {
  plugin: { value: 'V[=S]', help: 'update the managing plug-in to version V, which carries Statement S' },
  agent: {
    value: '[FROM:]V[=S]',
    many: true,
    help: 'update agents of version FROM, or all, to version V, which carries Statement S',
  },
  format: { value: 'F', help: `how to answer: ${formats.join(', ')}` },
  ...estateOptions,
};

const usage = `Usage: kea-policy plan [PATH] [--plugin V[=S]] [--agent [FROM:]V[=S]]… [options]

Says what an update would do: which policies need the KSN Statement to be accepted again, which hosts would lose KSN
in which order of the steps, and the order in which none does, if there is one. Nothing is written.

Options:
${optionLines(options)}`;

/** What an update would do. */
export const run = answering({ formats, options, usage }, (given, io, { format, color }) => {
  const request = readRequest(given.last('plugin'), given.all('agent'));
  if ('wrong' in request) return request;
  const estates = loadEstates(given.paths, given, io);
  if ('wrong' in estates) return estates;
  if (estates.length === 0) return nothing(io);
  const answers = estates.map(({ loaded, root, shown }) => ({
    root,
    shown,
    answer: plan(loaded.project, request),
  }));
  if (format === 'json') {
    writeJson({ projects: answers.map(({ root, answer }) => ({ root, ...answer })) }, io);
    return exit.ok;
  }
  for (const { answer, shown, root } of answers) {
    const blocks = planBlocks(answer, shown);
    if (answers.length > 1)
      blocks.splice(1, 0, { text: root === '.' ? 'The project in this folder.' : `The project in ${root}.` });
    io.stdout.write(`${format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color)}\n`);
  }
  return exit.ok;
});

function readRequest(plugin: string | undefined, agents: readonly string[]): PlanRequest | { wrong: string } {
  if (plugin === undefined && agents.length === 0) {
    return { wrong: 'plan needs something to update: --plugin V[=STATEMENT], --agent [FROM:]V[=STATEMENT]' };
  }
  if (agents.length > mostAgentUpdates) {
    return {
      wrong: `at most ${mostAgentUpdates} --agent in one plan: every order of the steps is looked at`,
    };
  }
  const managing = plugin === undefined ? undefined : readUpdate('--plugin', plugin);
  if (managing && 'wrong' in managing) return managing;
  const updates: (Update & { from?: string })[] = [];
  for (const written of agents) {
    const [, from, rest] = /^(?:([^:=]*):)?(.*)$/s.exec(written)!;
    if (from !== undefined && !versionPattern.test(from)) {
      return { wrong: `--agent ${written}: ${from || 'nothing'} is no version of an agent (such as 3.16)` };
    }
    const update = readUpdate('--agent', rest!, written);
    if ('wrong' in update) return update;
    updates.push({ ...update, ...(from !== undefined && { from }) });
  }
  return { ...(managing && { plugin: managing }), agents: updates };
}

/** @param whole the value of the option, of which `written` is what it is updated to */
function readUpdate(option: string, written: string, whole = written): Update | { wrong: string } {
  const equals = written.indexOf('=');
  const version = equals < 0 ? written : written.slice(0, equals);
  if (version === '') return { wrong: `${option} ${whole}: a version to update to is missing` };
  if (!versionPattern.test(version)) {
    return {
      wrong: `${option} ${whole}: ${version} is no version (two to four numbers with dots)`,
    };
  }
  const statementVersion = equals < 0 ? undefined : written.slice(equals + 1);
  if (statementVersion === '')
    return { wrong: `${option} ${whole}: a Statement version is missing behind the =` };
  return { version, ...(statementVersion !== undefined && { statementVersion }) };
}
