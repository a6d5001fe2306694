import type { Block } from './blocks';
import type { EffectiveAnswer } from './effective';
import { outcomeWords } from './words';

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
      rows: answer.agents.map((agent) => [
        `${agent.version ?? 'version not known'}${agent.pointer === '/agent' ? ` (${shown(agent.path)})` : ''}`,
        agent.statementVersion ?? 'not known',
        agent.hosts === null ? 'not said' : agent.hosts.toLocaleString('en'),
        `${outcomeWords[agent.outcome]}${agent.atRisk ? '; at risk: KSN is switched off in the policy too' : ''}`,
      ]),
    });
  }
  blocks.push({ heading: 'Why', level: 3 });
  blocks.push({
    items: answer.reasons.map(({ path, role, because }) => ({
      text: `${{ decides: 'Decides', lost: 'Has no effect', context: 'Also' }[role]}: ${because}`,
      items: [shown(path)],
    })),
  });
  return blocks;
}

function statementWords({ settings }: EffectiveAnswer): string {
  const { statementVersion, accepted } = settings;
  if (statementVersion === null) return accepted === null ? 'not known' : 'none';
  return `${statementVersion}, ${accepted === null ? 'acceptance not readable' : accepted ? 'accepted' : 'not accepted'}`;
}
