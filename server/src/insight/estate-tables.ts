import type { Estate } from './estate';
import type { EstateAcceptance } from './estate-records';
import { html, type Html } from './html';
import { listed, number, place, stateWords, table } from './page-parts';

/** An estate with what the page needs to know of its surroundings. */
export interface EstateSection {
  readonly title: string;
  readonly estate: Estate;
  /** Where a link to a place leads; `undefined`: no link. @param pointer JSON Pointer within the file */
  readonly link: (path: string, pointer?: string) => string | undefined;
}

export function losing({ estate, link }: EstateSection): Html {
  const rows = estate.agents.filter(({ outcome, atRisk }) => outcome === 'switched-off' || atRisk);
  return table(
    'Hosts about to lose KSN',
    'None: no agent that is known carries another Statement than the policy that reaches it.',
    ['Agent', 'Its Statement', 'Hosts', 'What follows', 'Under'],
    rows.map((agent) => [
      place(
        agent.source === 'device' ? agent.path : `version ${agent.version ?? 'not known'}`,
        link(agent.path, agent.pointer),
      ),
      html`${agent.statementVersion ?? 'not known'}`,
      html`${agent.hosts === null ? 'not said' : number(agent.hosts)}`,
      html`${agent.outcome === 'switched-off' ? (agent.mixed ? 'KSN is switched off where one of these policies with another Statement applies' : 'KSN is switched off') : 'at risk: KSN is switched off in the policy too, and these would probably follow'}`,
      listed(agent.under.map((path) => place(path, link(path, '/ksn/statement/version')))),
    ]),
  );
}

export function due({ estate, link }: EstateSection): Html {
  return table(
    'Acceptances due',
    'None: every policy with KSN on records the Statement that its plug-in carries.',
    ['Policy', 'Statement required'],
    estate.acceptancesDue.map(({ path, name, required }) => [
      place(name ?? path, link(path, '/ksn/statement')),
      html`${required ?? 'not known'}`,
    ]),
  );
}

export function statements({ estate }: EstateSection): Html {
  return table(
    'Statement versions',
    'No Statement version is mentioned anywhere.',
    ['Version', 'Plug-in', 'Catalogue', 'Policies', 'Devices', 'Hosts of agents that carry it'],
    estate.statements.map((row) => [
      html`<strong>${row.version}</strong>`,
      html`${row.inPlugin ? 'carries it' : '–'}`,
      html`${row.inCatalogue ? 'has it' : '–'}`,
      html`${row.policies.length}`,
      html`${row.devices.length}`,
      html`${number(row.hosts)}${row.uncounted ? ' and uncounted ones' : ''}`,
    ]),
  );
}

export function acceptances({ estate, link }: EstateSection): Html {
  return table(
    'Acceptances and their evidence',
    'No acceptance is recorded.',
    ['Document', 'Statement', 'By', 'When', 'Text that was read', 'Due again'],
    estate.acceptances.map((row) => [
      place(row.name ?? row.path, link(row.path, '/ksn/statement')),
      html`${row.version ?? 'not known'}`,
      html`${row.acceptedBy ?? 'not recorded'}`,
      html`${row.acceptedAt ?? 'not recorded'}`,
      readText(row),
      html`${row.due ? 'yes' : 'no'}`,
    ]),
  );
}

function readText({ language, sha256 }: EstateAcceptance): Html {
  if (sha256 === null) return html`${language === null ? '' : `${language}, `}not recorded`;
  return html`${language === null ? '' : `${language} `}<code>${sha256.slice(0, 12)}…</code>`;
}

export function exceptions({ estate, link }: EstateSection): Html {
  return table(
    'Exceptions',
    'None is recorded.',
    ['Document', 'Rule', 'Reason', 'Approved by', 'Ends'],
    estate.exceptions.map((row) => [
      place(row.path, link(row.path, '/exceptions')),
      html`<code>${row.rule ?? 'not readable'}</code>`,
      html`${row.reason ?? ''}`,
      html`${row.approvedBy ?? 'nobody named'}`,
      html`${row.expires ?? 'never'}${row.expired ? ' (expired)' : ''}`,
    ]),
  );
}

export function findings(estate: Estate): Html {
  const { excepted } = estate.findings;
  return html`${table(
    'Rules with findings',
    'None.',
    ['Rule', 'Severity', 'Findings'],
    estate.findingsByRule.map(({ rule, severity, count }) => [
      html`<code>${rule}</code>`,
      html`${severity}`,
      html`${number(count)}`,
    ]),
  )}${excepted > 0 ? html`<p>${number(excepted)} more covered by exceptions.</p>` : null}`;
}

export function documents({ estate, link }: EstateSection): Html {
  return table(
    'All policies and devices',
    'None.',
    ['Name', 'Kind', 'Administration group', 'KSN', 'Statement in force', 'Decided by'],
    estate.documents.map((answer) => [
      place(answer.name ?? answer.path, link(answer.path)),
      html`${answer.kind}${answer.status && answer.status !== 'active' ? `, ${answer.status === 'inactive' ? 'inactive' : 'out-of-office'}` : ''}`,
      html`${answer.administrationGroup ?? 'not readable'}`,
      html`${answer.inForce ? stateWords[answer.state] : 'not in force'}`,
      html`${answer.settings.statementVersion ?? '–'}`,
      answer.decidedBy === null
        ? html`not known`
        : answer.decidedBy === answer.path
          ? html`itself`
          : place(answer.decidedBy, link(answer.decidedBy, '/ksn')),
    ]),
  );
}
