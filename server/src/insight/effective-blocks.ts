import type { Block } from './blocks';
import type { AgentOutcome, EffectiveAnswer } from './effective';
import { outcomeWords } from './words';
import { inThousands } from '../syntax/shown';

/** The tables of answers before: thousands of devices have the same settings, and a table is laid out once. */
export type KnownTables = Map<string, Block>;

/** How many tables are kept: an estate in which all differ shall not fill the memory with them. */
const mostTables = 1000;

/**
 * An effective answer for reading.
 * @param shown a path within the project as the user sees it
 * @param known for many answers in a row: what they have in common
 */
export function effectiveBlocks(
  answer: EffectiveAnswer,
  shown: (path: string) => string = (path) => path,
  known: KnownTables = new Map<string, Block>(),
): Block[] {
  const blocks: Block[] = [
    {
      heading: `${answer.kind === 'policy' ? 'Policy' : 'Device'} ${answer.name ?? '(name not readable)'}`,
      level: 2,
    },
    { text: `${shown(answer.path)}, group ${answer.administrationGroup ?? '(not readable)'}` },
    settingsTable(answer, shown, known),
  ];
  if (answer.agents.length > 0) {
    blocks.push({ heading: answer.kind === 'device' ? 'On its agent' : 'On the agents', level: 3 });
    blocks.push(agentsTable(answer, shown, known));
  }
  blocks.push({ heading: 'Why', level: 3 });
  blocks.push({
    items: answer.reasons.map(({ path, role, because }) => ({
      text: `${roles[role]}: ${because}`,
      items: [shown(path)],
    })),
  });
  return blocks;
}

const roles = { decides: 'Decides', lost: 'Overruled', context: 'Also' } as const;

function settingsTable(answer: EffectiveAnswer, shown: (path: string) => string, known: KnownTables): Block {
  const { settings, kind, enforced, decidedBy, requiredStatement, state, inForce, acceptanceDue } = answer;
  const { enabled, useKscAsKsnProxy } = settings;
  const statement = statementWords(answer);
  const by = decidedBy === null ? 'not known' : decidedBy === answer.path ? 'itself' : shown(decidedBy);
  const required = requiredStatement ?? 'not known';
  const key = `${kind} ${enabled} ${useKscAsKsnProxy} ${enforced} ${state} ${inForce} ${acceptanceDue} ${statement.length} ${by.length}\n${statement}${by}${required}`;
  return once(known, key, () => ({
    heads: ['Setting', 'In force'],
    rows: [
      ['KSN usage', yes(enabled, 'on', 'off')],
      ['KSN Statement', statement],
      ['KSC as KSN proxy', yes(useKscAsKsnProxy, 'on', 'off')],
      ['Enforced', yes(enforced, 'yes', kind === 'policy' ? 'no: Undefined' : 'no: the device’s own')],
      ['Decided by', by],
      ['Statement required', required],
      [
        'Outcome',
        inForce ? outcomeWords[state] : `none, it is inactive; if it were active: ${outcomeWords[state]}`,
      ],
      ...(kind === 'policy' && enabled
        ? [['Acceptance', acceptanceDue ? 'due before it can be saved again' : 'as required']]
        : []),
    ],
  }));
}

const yes = (value: boolean | null, on: string, off: string): string =>
  value === null ? 'not known' : value ? on : off;

function once(known: KnownTables, key: string, make: () => Block): Block {
  let table = known.get(key);
  if (table) return table;
  table = make();
  if (known.size < mostTables) known.set(key, table);
  return table;
}

function agentsTable(
  { kind, agents }: EffectiveAnswer,
  shown: (path: string) => string,
  known: KnownTables,
): Block {
  const table = (): Block => ({
    heads: ['Agent', 'Its Statement', 'Hosts', 'Outcome'],
    rows:
      kind === 'device' ? agents.map((agent) => agentRow(agent, '', agent.hosts)) : agentRows(agents, shown),
  });
  return kind === 'device' ? once(known, `agent ${alikeKey(agents[0]!)}`, table) : table();
}

/** How many devices that fare alike are named; of more their number says more than ten thousand lines. */
const fewDevices = 5;

function agentRows(agents: EffectiveAnswer['agents'], shown: (path: string) => string): string[][] {
  const alike = new Map<string, AgentOutcome[]>();
  for (const agent of agents) {
    const isDevice = agent.pointer === '/agent';
    const key = isDevice ? alikeKey(agent) : `entry ${agent.pointer}`;
    const others = alike.get(key);
    if (others) others.push(agent);
    else alike.set(key, [agent]);
  }
  return [...alike.values()].flatMap((group) => {
    const { length } = group;
    if (length > fewDevices) return [agentRow(group[0]!, `${inThousands(length)} device documents`, length)];
    return group.map((agent) =>
      agentRow(agent, agent.pointer === '/agent' ? shown(agent.path) : '', agent.hosts),
    );
  });
}

/** The same for agents that fare alike, and only for them: how long the version is says where the Statement begins. */
function alikeKey({ version, statementVersion, outcome, atRisk }: AgentOutcome): string {
  return `${outcome} ${atRisk} ${version === null} ${statementVersion === null}\n${version?.length ?? 0} ${version}${statementVersion}`;
}

function agentRow(
  { version, statementVersion, outcome, atRisk }: AgentOutcome,
  what: string,
  hosts: number | null,
): string[] {
  return [
    `${version ?? 'version not known'}${what && ` (${what})`}`,
    statementVersion ?? 'not known',
    hosts === null ? 'not said' : inThousands(hosts),
    `${outcomeWords[outcome]}${atRisk ? '; at risk: KSN is switched off in the policy too' : ''}`,
  ];
}

function statementWords({ settings }: EffectiveAnswer): string {
  const { statementVersion, accepted } = settings;
  if (statementVersion === null) return accepted === null ? 'not known' : 'none';
  return `${statementVersion}, ${accepted === null ? 'acceptance not readable' : accepted ? 'accepted' : 'not accepted'}`;
}
