import type { Outcome } from '../project/outcome';
import { states } from './estate';
import type { InventoryAnswer } from './effective';
import type { PageSection } from './estate-tables';
import { html, text, type Html } from './html';
import { groupName, groupedTable, listed, number, place, stateWords } from './page-parts';

/** The agents of the config, by what becomes of KSN on their hosts. */
export function agents({ estate, link, id, most }: PageSection): Html {
  const entries = estate.agents.filter(({ source }) => source === 'config');
  return groupedTable(
    {
      id: id('agents'),
      title: 'Agents of the config',
      none: 'The config names none.',
      heads: ['Agent', 'Its Statement', 'Hosts', 'Administration groups', 'Under'],
      most,
    },
    [...states, 'none' as const].map((state) => ({
      id: id(groupName('agents', state)),
      title: stateWords[state],
      rows: entries
        .filter(({ outcome }) => (outcome ?? 'none') === state)
        .map((agent) => [
          place(`version ${agent.version ?? 'not known'}`, link(agent.path, agent.pointer)),
          html`${agent.statementVersion ?? 'not known'}`,
          html`${agent.hosts === null ? 'not said' : number(agent.hosts)}`,
          html`${agent.administrationGroups.length === 0 ? 'anywhere' : agent.administrationGroups.join(', ')}`,
          listed(agent.under.map((path) => place(path, link(path, '/ksn')))),
        ]),
    })),
  );
}

/** All policies, and all devices, each by what becomes of KSN. */
export function documents(section: PageSection): Html {
  const { estate, id, most } = section;
  const list = (kind: InventoryAnswer['kind'], name: string, title: string): Html => {
    const all = estate.documents.filter((answer) => answer.kind === kind);
    const group = (state: string, words: string, answers: readonly InventoryAnswer[]) => ({
      id: id(groupName(name, state)),
      title: words,
      rows: answers.map((answer) => documentRow(section, answer)),
    });
    const inState = (state: Outcome) => all.filter((answer) => answer.inForce && answer.state === state);
    return groupedTable(
      {
        id: id(name),
        title,
        none: 'None.',
        heads: ['Name', 'Administration group', 'Statement in force', 'Decided by'],
        most,
      },
      [
        ...states.map((state) => group(state, stateWords[state], inState(state))),
        group(
          'not-in-force',
          'Inactive: not in force',
          all.filter(({ inForce }) => !inForce),
        ),
      ],
    );
  };
  return html`${list('policy', 'policies', 'All policies')} ${list('device', 'devices', 'All devices')}`;
}

function documentRow({ link }: PageSection, answer: InventoryAnswer): readonly Html[] {
  const { name, path, status, administrationGroup, settings, decidedBy } = answer;
  return [
    status === 'outOfOffice'
      ? html`${place(name ?? path, link(path))} (out-of-office)`
      : place(name ?? path, link(path)),
    text(administrationGroup ?? 'not readable'),
    text(settings.statementVersion ?? '–'),
    decidedBy === null
      ? text('not known')
      : decidedBy === path
        ? text('itself')
        : place(decidedBy, link(decidedBy, '/ksn')),
  ];
}
