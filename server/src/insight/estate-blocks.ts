import type { Block } from './blocks';
import { states, type Estate } from './estate';
import { atMost, type EstateAgents } from './estate-agents';
import { counted, hostsInWords, mixedOutcomes, outcomeWords } from './words';
import { inThousands } from '../syntax/shown';

/** The inventory for reading. @param shown a path within the project as the user sees it */
export function estateBlocks(estate: Estate, shown: (path: string) => string = (path) => path): Block[] {
  const { plugin, policies, devices, findings } = estate;
  const blocks: Block[] = [
    { heading: 'The estate at a glance', level: 2 },
    {
      heads: ['KSN', 'Policies in force', 'Devices', 'Hosts of the config’s agents'],
      rows: [
        ...states.map((state) => [
          outcomeWords[state],
          String(policies[state]),
          String(devices[state]),
          hostsInWords(hostsWith(estate.agents, state)),
        ]),
        ['no policy reaches them', '', '', hostsInWords(hostsWith(estate.agents, null))],
        ['together', String(sum(policies)), String(sum(devices)), hostsInWords(hostsWith(estate.agents))],
      ],
    },
    ...(estate.agents.some(({ mixed }) => mixed) ? [{ text: mixedOutcomes }] : []),
    {
      items: [
        `Managing plug-in: ${plugin?.version ?? 'not known'}, KSN Statement ${plugin?.statementVersion ?? 'not known'}`,
        `Hosts about to lose KSN: ${atMost(estate)}${hostsInWords(estate.losing)}; at risk beside them: ${hostsInWords(estate.atRisk)}`,
        `Inactive policies: ${estate.inactive}`,
        `Findings: ${counted(findings.error, 'error', 'errors')}, ${counted(findings.warning, 'warning', 'warnings')}, ${findings.info} for information; ${findings.excepted} covered by exceptions`,
        ...(estate.unreadable.length ? [`Not readable: ${estate.unreadable.map(shown).join(', ')}`] : []),
      ],
    },
  ];
  const table = (heading: string, heads: readonly string[], rows: readonly (readonly string[])[]): void => {
    blocks.push({ heading: `${heading} (${rows.length})`, level: 2 });
    blocks.push(rows.length > 0 ? { heads, rows } : { text: 'None.' });
  };
  const losing = estate.agents.filter(({ outcome, atRisk }) => outcome === 'switched-off' || atRisk);
  table(
    'Hosts about to lose KSN',
    ['Agent', 'Its Statement', 'Hosts', 'What follows', 'Where'],
    losing.map((agent) => [
      agent.version ?? 'not known',
      agent.statementVersion ?? 'not known',
      agent.hosts === null ? 'not said' : inThousands(agent.hosts),
      agent.outcome === 'switched-off'
        ? agent.mixed
          ? 'switched off under some policies'
          : 'switched off'
        : 'at risk',
      agent.source === 'device' ? shown(agent.path) : agent.under.slice(0, 3).map(shown).join(', '),
    ]),
  );
  table(
    'Acceptances due',
    ['Policy', 'Statement required', 'File'],
    estate.acceptancesDue.map(({ name, required, path }) => [
      name ?? '',
      required ?? 'not known',
      shown(path),
    ]),
  );
  table(
    'Statement versions',
    ['Version', 'Plug-in', 'Catalogue', 'Policies', 'Devices', 'Hosts'],
    estate.statements.map((row) => [
      row.version,
      row.inPlugin ? 'yes' : 'no',
      row.inCatalogue ? 'yes' : 'no',
      String(row.policies.length),
      String(row.devices.length),
      hostsInWords(row),
    ]),
  );
  table(
    'Acceptances and their evidence',
    ['Statement', 'By', 'When', 'Text', 'Due again', 'File'],
    estate.acceptances.map((row) => [
      row.version ?? 'not readable',
      row.acceptedBy ?? 'not recorded',
      row.acceptedAt ?? 'not recorded',
      row.sha256 === null ? 'not recorded' : `${row.language ?? ''} ${row.sha256.slice(0, 12)}…`.trim(),
      row.due ? 'yes' : 'no',
      shown(row.path),
    ]),
  );
  table(
    'Exceptions',
    ['Rule', 'Approved by', 'Ends', 'Reason', 'File'],
    estate.exceptions.map((row) => [
      row.rule ?? 'not readable',
      row.approvedBy ?? 'nobody named',
      `${row.expires ?? 'never'}${row.expired ? ' (expired)' : ''}`,
      row.reason ?? '',
      shown(row.path),
    ]),
  );
  table(
    'Findings by rule',
    ['Rule', 'Severity', 'Findings'],
    estate.findingsByRule.map(({ rule, severity, count }) => [rule, severity, String(count)]),
  );
  return blocks;
}

function hostsWith(agents: readonly EstateAgents[], outcome?: EstateAgents['outcome']) {
  let hosts = 0;
  let uncounted = 0;
  for (const agent of agents) {
    if (agent.source !== 'config' || (outcome !== undefined && agent.outcome !== outcome)) continue;
    if (agent.hosts === null) uncounted++;
    else hosts += agent.hosts;
  }
  return { hosts, uncounted };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);
