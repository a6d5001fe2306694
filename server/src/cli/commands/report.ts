import { asMarkdown, asText, type Block } from '../../insight/blocks';
import { estateOf, type Estate as Inventory } from '../../insight/estate';
import { estateBlocks } from '../../insight/estate-blocks';
import { estatePage } from '../../insight/estate-page';
import { isPolicy } from '../../project/document';
import { hostsOn } from '../../project/hosts';
import { agentsOf } from '../../project/outcome';
import type { Project } from '../../project/project';
import { command } from '../command';
import { csv } from '../csv';
import { estateOptions, findingsOf, loadEstates, readCommon, type Estate } from '../estates';
import { json, writeJson } from '../insight-output';
import { exit } from '../io';
import { chosenFormat, optionLines } from '../options';
import { absolute } from '../paths';
import { notWritable } from '../selection';
import { version } from '../version';
import { nothing } from './effective';

const formats = ['table', 'csv', 'json', 'markdown', 'html'] as const;
const options = {
  format: { value: 'F[=FILE]', help: `how to answer: ${formats.join(', ')}; with =FILE into a file` },
  ...estateOptions,
};

const usage = `Usage: kea-policy report [PATH…] [options]

The inventory of the estate: states of policies and devices, Statement versions across plug-in, policies and agents,
hosts about to lose KSN, acceptances due and their evidence, exceptions and when they end. csv has a row for each
policy and device; html is one page that needs nothing else.

Options:
${optionLines(options)}`;

/** The inventory of the projects that were asked for; always of whole projects, so that its figures add up. */
export const run = command({ options, usage }, (given, io) => {
  const written = given.last('format') ?? 'table';
  const equals = written.indexOf('=');
  const file = equals < 0 ? undefined : written.slice(equals + 1);
  if (file === '') return { wrong: `--format ${written} needs a file behind the =` };
  const refused = file && notWritable('--format', file, given, io);
  if (refused) return { wrong: refused };
  const format = chosenFormat(equals < 0 ? written : written.slice(0, equals), formats);
  if (typeof format !== 'string') return format;
  const common = readCommon(given, io);
  if ('wrong' in common) return common;
  const estates = loadEstates(given.paths, given, io);
  if ('wrong' in estates) return estates;
  if (estates.length === 0) return nothing(io);
  const inventories = estates.map((estate): [Estate, Inventory] => {
    const whole = { ...estate, asked: { ...estate.asked, folders: new Set(['']), files: new Set<string>() } };
    const findings = findingsOf(whole, common.now);
    return [estate, estateOf({ project: estate.loaded.project, findings }, common.now)];
  });
  if (format === 'json' && file === undefined) {
    writeJson(asJson(inventories), io);
    return exit.ok;
  }
  const text = render(format, inventories, common, file);
  if (file === undefined) {
    io.stdout.write(text);
    return exit.ok;
  }
  const failed = io.write(absolute(io.cwd, file), text);
  return failed === undefined ? exit.ok : { wrong: `cannot write ${file}: ${failed}` };
});

function render(
  format: (typeof formats)[number],
  inventories: readonly [Estate, Inventory][],
  { now, color }: { now: number; color: boolean },
  file: string | undefined,
): string {
  switch (format) {
    case 'json':
      return json(asJson(inventories));
    case 'csv':
      return csv([header, ...inventories.flatMap(([estate, inventory]) => rows(estate, inventory))]);
    case 'html': {
      const sections = inventories.map(([{ root, shown }, estate]) => ({
        title: root === '.' ? 'This folder' : root,
        estate,
        // Links lead from the page's own folder, which is known only where it is written to a file.
        link: (path: string): string | undefined =>
          file === undefined || /^\/|(^|\/)\.\.(\/|$)/.test(file) ? undefined : linkFrom(file, shown(path)),
      }));
      return estatePage(sections, { at: new Date(now).toISOString(), version });
    }
    default: {
      const blocks = inventories.flatMap(([{ root, shown }, inventory]): Block[] => [
        ...(inventories.length > 1 ? [{ heading: `Project ${root}`, level: 1 as const }] : []),
        ...estateBlocks(inventory, shown),
      ]);
      return format === 'markdown' ? asMarkdown(blocks) : asText(blocks, color);
    }
  }
}

const asJson = (inventories: readonly [Estate, Inventory][]): object => ({
  projects: inventories.map(([{ root }, inventory]) => ({ root, ...inventory })),
});

const header = [
  'path',
  'kind',
  'name',
  'administrationGroup',
  'status',
  'state',
  'inForce',
  'enabled',
  'useKscAsKsnProxy',
  'statementVersion',
  'accepted',
  'enforced',
  'decidedBy',
  'requiredStatement',
  'acceptanceDue',
  'agents',
  'hosts',
];

function rows({ shown, loaded }: Estate, { documents }: Inventory): (string | number | null)[][] {
  const word = (value: boolean | null): string | null => (value === null ? null : value ? 'yes' : 'no');
  return documents.map((answer) => [
    shown(answer.path),
    answer.kind,
    answer.name,
    answer.administrationGroup,
    answer.status ?? null,
    answer.state,
    word(answer.inForce),
    word(answer.settings.enabled),
    word(answer.settings.useKscAsKsnProxy),
    answer.settings.statementVersion,
    word(answer.settings.accepted),
    word(answer.enforced),
    answer.decidedBy === null ? null : shown(answer.decidedBy),
    answer.requiredStatement,
    word(answer.acceptanceDue),
    answer.agents.length + answer.devices,
    hostsAt(loaded.project, answer.path),
  ]);
}

/** How many hosts a policy reaches; null where the config does not say so of some. A device is one. */
function hostsAt(project: Project, path: string): number | null {
  const document = project.document(path);
  if (!document || !isPolicy(document)) return 1;
  const { hosts, uncounted } = hostsOn(agentsOf(project, document));
  return uncounted > 0 ? null : hosts;
}

/** A link from a page in `file` to a path, both relative to the current folder. */
function linkFrom(file: string, path: string): string {
  const steps = file
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== '.' && part !== '');
  const up = steps.map(() => '..');
  return [...up, ...path.split('/')]
    .map((part) => (part === '..' ? part : encodeURIComponent(part)))
    .join('/');
}
