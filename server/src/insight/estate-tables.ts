import type { Estate } from './estate';
import type { EstateAcceptance } from './estate-records';
import { html, text, type Html } from './html';
import { listed, number, place, table } from './page-parts';

/** An estate with what the page needs to know of its surroundings. */
export interface EstateSection {
  readonly title: string;
  readonly estate: Estate;
  /** Where a link to a place leads; `undefined`: no link. @param pointer JSON Pointer within the file */
  readonly link: (path: string, pointer?: string) => string | undefined;
}

/** A section on its page, which may have several. */
export interface PageSection extends EstateSection {
  /** A name for links within the page, unlike those of other sections. */
  readonly id: (name: string) => string;
  /** So many rows of a table, or of each of its groups, are shown. */
  readonly most: number;
}

export function losing({ estate, link, id, most }: PageSection): Html {
  const rows = estate.agents.filter(({ outcome, atRisk }) => outcome === 'switched-off' || atRisk);
  return table(
    {
      id: id('losing'),
      title: 'Hosts about to lose KSN',
      none: 'None: no agent that is known carries another Statement than the policy that reaches it.',
      heads: ['Agent', 'Its Statement', 'Hosts', 'What follows', 'Under'],
      most,
    },
    rows.map((agent) => [
      place(
        agent.source === 'device' ? agent.path : `version ${agent.version ?? 'not known'}`,
        link(agent.path, agent.pointer),
      ),
      text(agent.statementVersion ?? 'not known'),
      html`${agent.hosts === null ? 'not said' : number(agent.hosts)}`,
      html`${agent.outcome === 'switched-off' ? (agent.mixed ? 'KSN is switched off where one of these policies with another Statement applies' : 'KSN is switched off') : 'at risk: KSN is switched off in the policy too, and these would probably follow'}`,
      listed(agent.under.map((path) => place(path, link(path, '/ksn/statement/version')))),
    ]),
  );
}

export function due({ estate, link, id, most }: PageSection): Html {
  return table(
    {
      id: id('due'),
      title: 'Acceptances due',
      none: 'None: every policy with KSN on records the Statement that its plug-in carries.',
      heads: ['Policy', 'Statement required'],
      most,
    },
    estate.acceptancesDue.map(({ path, name, required }) => [
      place(name ?? path, link(path, '/ksn/statement')),
      text(required ?? 'not known'),
    ]),
  );
}

export function statements({ estate, link, id, most }: PageSection): Html {
  return table(
    {
      id: id('statements'),
      title: 'Statement versions',
      none: 'No Statement version is mentioned anywhere.',
      heads: ['Version', 'Plug-in', 'Catalogue', 'Policies', 'Devices', 'Hosts of agents that carry it'],
      most,
    },
    estate.statements.map((row) => [
      html`<strong>${row.version}</strong>`,
      html`${row.inPlugin ? 'carries it' : '–'}`,
      html`${row.inCatalogue ? 'has it' : '–'}`,
      counted(row.policies, link),
      counted(row.devices, link),
      place(
        `${number(row.hosts)}${row.uncounted ? ' and uncounted ones' : ''}`,
        row.hosts + row.uncounted > 0 ? `#${id('agents')}` : undefined,
      ),
    ]),
  );
}

/** How many files, and which. */
function counted(paths: readonly string[], link: EstateSection['link']): Html {
  if (paths.length === 0) return html`0`;
  return html`${number(paths.length)}:
  ${listed(paths.map((path) => place(path, link(path, '/ksn/statement'))))}`;
}

export function acceptances({ estate, link, id, most }: PageSection): Html {
  return table(
    {
      id: id('acceptances'),
      title: 'Acceptances and their evidence',
      none: 'No acceptance is recorded.',
      heads: ['Document', 'Statement', 'By', 'When', 'Text that was read', 'Due again'],
      most,
    },
    estate.acceptances.map((row) => [
      place(row.name ?? row.path, link(row.path, '/ksn/statement')),
      text(row.version ?? 'not known'),
      text(row.acceptedBy ?? 'not recorded'),
      text(row.acceptedAt ?? 'not recorded'),
      readText(row),
      text(row.due ? 'yes' : 'no'),
    ]),
  );
}

function readText({ language, sha256 }: EstateAcceptance): Html {
  if (sha256 === null) return html`${language === null ? '' : `${language}, `}not recorded`;
  return html`${language === null ? '' : `${language} `}<code>${sha256.slice(0, 12)}…</code>`;
}

export function exceptions({ estate, link, id, most }: PageSection): Html {
  return table(
    {
      id: id('exceptions'),
      title: 'Exceptions',
      none: 'None is recorded.',
      heads: ['Document', 'Rule', 'Reason', 'Approved by', 'Ends'],
      most,
    },
    estate.exceptions.map((row) => [
      place(row.path, link(row.path, '/exceptions')),
      html`<code>${row.rule ?? 'not readable'}</code>`,
      text(row.reason ?? ''),
      text(row.approvedBy ?? 'nobody named'),
      html`${row.expires ?? 'never'}${row.expired ? ' (expired)' : ''}`,
    ]),
  );
}

export function findings({ estate, link, id, most }: PageSection): Html {
  const { excepted } = estate.findings;
  return html`${table(
    {
      id: id('findings'),
      title: 'Rules with findings',
      none: 'None.',
      heads: ['Rule', 'Severity', 'Findings', 'In'],
      most,
    },
    estate.findingsByRule.map(({ rule, severity, count, files }) => [
      html`<code>${rule}</code>`,
      html`${severity}`,
      html`${number(count)}`,
      listed(files.map((path) => place(path, link(path)))),
    ]),
  )}${excepted > 0 ? html`<p>${number(excepted)} more covered by exceptions.</p>` : null}`;
}
