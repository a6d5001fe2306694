import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { HostCount } from '../project/hosts';
import type { Outcome } from '../project/outcome';
import { states, type Estate, type EstateAcceptance, type EstateAgents } from './estate';
import { html, type Html } from './html';
import { style } from './estate-style';

/** An estate with what the page needs to know of its surroundings. */
export interface EstateSection {
  readonly title: string;
  readonly estate: Estate;
  /** Where a link to a place leads; `undefined`: no link. @param pointer JSON Pointer within the file */
  readonly link: (path: string, pointer?: string) => string | undefined;
}

export interface PageOptions {
  /** The time that the page is of, RFC 3339. */
  readonly at: string;
  readonly version: string;
  /** Shown within an editor, whose theme gives the colours. */
  readonly inEditor?: boolean;
}

const words: Record<Outcome, string> = {
  on: 'On',
  'switched-off': 'Switched off on hosts',
  blocked: 'Blocked: Statement not accepted',
  unknown: 'Not known',
  device: 'Undefined: each device decides',
  off: 'Off',
};

/** The estate as one page that needs nothing else: no script, no other file, readable without colours. */
export function estatePage(sections: readonly EstateSection[], options: PageOptions): string {
  const css = style(options.inEditor === true);
  const hash = base64(sha256(utf8ToBytes(css)));
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const body = sections.map((section) => sectionOf(section, sections.length > 1));
  const page = html`<title>KSN overview</title>
</head>
<body>
<main>
<header><h1>Kaspersky Security Network: the estate at a glance</h1>
<p>As of <time datetime="${options.at}">${options.at}</time>, made by kea-policy ${options.version} from the policy files of the project. Nothing here was read from the console or from hosts. Unofficial; not affiliated with the vendor.</p></header>
${sections.length === 0 ? html`<p>No policies or devices were found.</p>` : body}
</main>
</body>
</html>
`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${css}</style>
${page.source}`;
}

function sectionOf(section: EstateSection, several: boolean): Html {
  const { estate } = section;
  return html`<section aria-label="${section.title}">
    ${several ? html`<h2>${section.title}</h2>` : null} ${figures(estate)}
    ${chart('Policies in force, by what becomes of KSN', estate.policies, 'policies')}
    ${chart('Hosts of the config’s agents, by what becomes of KSN', hostsByOutcome(estate.agents), 'hosts')}
    ${estate.documents.some(({ kind }) => kind === 'device') ? chart('Device documents, by what becomes of KSN', estate.devices, 'devices') : null}
    ${losing(section)} ${due(section)} ${statements(section)} ${acceptances(section)} ${exceptions(section)}
    ${findings(estate)} ${documents(section)}
  </section>`;
}

function figures(estate: Estate): Html {
  const { plugin } = estate;
  const inForce = sumOf(estate.policies);
  const figure = (value: string | number, label: string): Html =>
    html`<div class="figure">
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl class="figures">
    ${figure(inForce, inForce === 1 ? 'policy in force' : 'policies in force')}
    ${figure(estate.inactive, 'inactive')} ${figure(sumOf(estate.devices), 'device documents')}
    ${figure(countedHosts(configured(estate.agents)), 'hosts in the config')}
    ${figure(countedHosts(estate.losing), 'hosts about to lose KSN')}
    ${figure(countedHosts(estate.atRisk), 'hosts at risk beside them')}
    ${figure(estate.acceptancesDue.length, 'acceptances due')}
    ${figure(estate.findings.error, estate.findings.error === 1 ? 'error' : 'errors')}
    ${figure(plugin?.version ?? 'not known', 'managing plug-in')}
    ${figure(plugin?.statementVersion ?? 'not known', 'its KSN Statement')}
  </dl>`;
}

/** The hosts of the config's agents. */
function configured(agents: readonly EstateAgents[]): HostCount {
  const entries = agents.filter(({ source }) => source === 'config');
  return {
    hosts: entries.reduce((sum, { hosts }) => sum + (hosts ?? 0), 0),
    uncounted: entries.filter(({ hosts }) => hosts === null).length,
  };
}

/** How many hosts, in words: entries that do not say how many are said to be so. */
function countedHosts({ hosts, uncounted }: HostCount): string {
  if (uncounted === 0) return number(hosts);
  return hosts === 0 ? 'uncounted' : `${number(hosts)} and uncounted ones`;
}

type Counts = Readonly<Partial<Record<Outcome | 'none', number>>>;

function hostsByOutcome(agents: readonly EstateAgents[]): Counts {
  const counts: Partial<Record<Outcome | 'none', number>> = {};
  for (const { source, hosts, outcome } of agents) {
    if (source === 'config' && hosts !== null)
      counts[outcome ?? 'none'] = (counts[outcome ?? 'none'] ?? 0) + hosts;
  }
  return counts;
}

/** A bar for each state, told apart by words, numbers and patterns as well as by colour. */
function chart(title: string, counts: Counts, unit: string): Html {
  const rows = [...states, 'none' as const].filter((state) => (counts[state] ?? 0) > 0);
  const most = Math.max(1, ...rows.map((state) => counts[state]!));
  const total = rows.reduce((sum, state) => sum + counts[state]!, 0);
  if (total === 0) return html``;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <table class="chart">
      <colgroup>
        <col class="label" />
        <col />
        <col class="amount" />
      </colgroup>
      <thead class="unseen">
        <tr>
          <th scope="col">State</th>
          <th scope="col">Share</th>
          <th scope="col">Number of ${unit}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (state) =>
            html`<tr>
              <th scope="row">${state === 'none' ? 'No policy reaches them' : words[state]}</th>
              <td class="bar" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" class="${state}">
                  <rect width="${Math.max(1, (100 * counts[state]!) / most)}" height="10" />
                </svg>
              </td>
              <td class="number">${number(counts[state]!)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td></td>
          <td class="number">${number(total)}</td>
        </tr>
      </tfoot>
    </table>
  </figure>`;
}

function losing({ estate, link }: EstateSection): Html {
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

function due({ estate, link }: EstateSection): Html {
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

function statements({ estate }: EstateSection): Html {
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

function acceptances({ estate, link }: EstateSection): Html {
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

function exceptions({ estate, link }: EstateSection): Html {
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

function findings(estate: Estate): Html {
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

function documents({ estate, link }: EstateSection): Html {
  return table(
    'All policies and devices',
    'None.',
    ['Name', 'Kind', 'Administration group', 'KSN', 'Statement in force', 'Decided by'],
    estate.documents.map((answer) => [
      place(answer.name ?? answer.path, link(answer.path)),
      html`${answer.kind}${answer.status && answer.status !== 'active' ? `, ${answer.status === 'inactive' ? 'inactive' : 'out-of-office'}` : ''}`,
      html`${answer.administrationGroup ?? 'not readable'}`,
      html`${answer.inForce ? words[answer.state] : 'not in force'}`,
      html`${answer.settings.statementVersion ?? '–'}`,
      answer.decidedBy === null
        ? html`not known`
        : answer.decidedBy === answer.path
          ? html`itself`
          : place(answer.decidedBy, link(answer.decidedBy, '/ksn')),
    ]),
  );
}

function table(
  title: string,
  none: string,
  heads: readonly string[],
  rows: readonly (readonly Html[])[],
): Html {
  if (rows.length === 0)
    return html`<h3>${title}</h3>
      <p>${none}</p>`;
  return html`<h3>${title} <span class="count">(${number(rows.length)})</span></h3>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

function place(text: string, href: string | undefined): Html {
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

// A root policy reaches thousands: the page names a few and counts the rest.
function listed(items: readonly Html[]): Html {
  const shown = items.slice(0, 5).map((item, i) => html`${i > 0 ? ', ' : ''}${item}`);
  return html`${shown}${items.length > 5 ? ` and ${number(items.length - 5)} more` : ''}`;
}

const sumOf = (counts: Readonly<Record<Outcome, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);
const number = (value: number): string => value.toLocaleString('en');

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
