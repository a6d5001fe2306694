import type { Block } from './blocks';
import type { EffectiveAnswer } from './effective';
import { outcomeWords } from './words';
import { inThousands } from '../syntax/shown';

/** An effective answer for reading. @param shown a path within the project as the user sees it */
export function effectiveBlocks(
  answer: EffectiveAnswer,
  shown: (path: string) => string = (path) => path,
): Block[] {
  const { settings } = answer;
  const yes = (value: boolean | null, on: string, off: string): string =>
    value === null ? 'not known' : value ? on : off;
  const rows = [
    ['KSN usage', yes(settings.enabled, 'on', 'off')],
    ['KSN Statement', statementWords(answer)],
    ['KSC as KSN proxy', yes(settings.useKscAsKsnProxy, 'on', 'off')],
    [
      'Enforced',
      yes(answer.enforced, 'yes', answer.kind === 'policy' ? 'no: Undefined' : 'no: the device’s own'),
    ],
    [
      'Decided by',
      answer.decidedBy === null
        ? 'not known'
        : answer.decidedBy === answer.path
          ? 'itself'
          : shown(answer.decidedBy),
    ],
    ['Statement required', answer.requiredStatement ?? 'not known'],
    [
      'Outcome',
      answer.inForce
        ? outcomeWords[answer.state]
        : `none, it is inactive; if it were active: ${outcomeWords[answer.state]}`,
    ],
    ...(answer.kind === 'policy' && settings.enabled
      ? [['Acceptance', answer.acceptanceDue ? 'due before it can be saved again' : 'as required']]
      : []),
  ];
  const blocks: Block[] = [
    {
      heading: `${answer.kind === 'policy' ? 'Policy' : 'Device'} ${answer.name ?? '(name not readable)'}`,
      level: 2,
    },
    { text: `${shown(answer.path)}, group ${answer.administrationGroup ?? '(not readable)'}` },
    { heads: ['Setting', 'In force'], rows },
  ];
  if (answer.agents.length > 0) {
    blocks.push({ heading: 'On the agents', level: 3 });
    blocks.push({
      heads: ['Agent', 'Its Statement', 'Hosts', 'Outcome'],
      rows: agentRows(answer.agents, shown),
    });
  }
  blocks.push({ heading: 'Why', level: 3 });
  blocks.push({
    items: answer.reasons.map(({ path, role, because }) => ({
      text: `${{ decides: 'Decides', lost: 'Overruled', context: 'Also' }[role]}: ${because}`,
      items: [shown(path)],
    })),
  });
  return blocks;
}

/** How many devices that fare alike are named; of more their number says more than ten thousand lines. */
const fewDevices = 5;

function agentRows(agents: EffectiveAnswer['agents'], shown: (path: string) => string): string[][] {
  const alike = new Map<string, EffectiveAnswer['agents'][number][]>();
  for (const agent of agents) {
    const isDevice = agent.pointer === '/agent';
    const { version, statementVersion, outcome, atRisk } = agent;
    const like = isDevice ? [version, statementVersion, outcome, atRisk] : [agent.path, agent.pointer];
    const key = JSON.stringify([isDevice, ...like]);
    const others = alike.get(key);
    if (others) others.push(agent);
    else alike.set(key, [agent]);
  }
  return [...alike.values()].flatMap((group) => {
    const row = (what: string, hosts: number | null): string[] => {
      const { version, statementVersion, outcome, atRisk } = group[0]!;
      return [
        `${version ?? 'version not known'}${what && ` (${what})`}`,
        statementVersion ?? 'not known',
        hosts === null ? 'not said' : inThousands(hosts),
        `${outcomeWords[outcome]}${atRisk ? '; at risk: KSN is switched off in the policy too' : ''}`,
      ];
    };
    const { length } = group;
    if (length > fewDevices) return [row(`${inThousands(length)} device documents`, length)];
    return group.map(({ pointer, path, hosts }) => row(pointer === '/agent' ? shown(path) : '', hosts));
  });
}

function statementWords({ settings }: EffectiveAnswer): string {
  const { statementVersion, accepted } = settings;
  if (statementVersion === null) return accepted === null ? 'not known' : 'none';
  return `${statementVersion}, ${accepted === null ? 'acceptance not readable' : accepted ? 'accepted' : 'not accepted'}`;
}
