import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { configName } from '../project/document';
import type { HostCount } from '../project/hosts';
import type { Outcome } from '../project/outcome';
import { atMost, type EstateAgents } from './estate-agents';
import { chart, type Counts } from './estate-chart';
import { style } from './estate-style';
import { agents, documents } from './estate-lists';
import {
  acceptances,
  due,
  exceptions,
  findings,
  losing,
  statements,
  type EstateSection,
  type PageSection,
} from './estate-tables';
import { html, type Html } from './html';
import { groupName, number, place } from './page-parts';
import { mixedOutcomes } from './words';

export interface PageOptions {
  /** The time that the page is of, RFC 3339. Absent: shown within an editor, as of now and in its theme's colours. */
  readonly at?: string;
  readonly version: string;
  /** Whether a project is named though it is the only one of the page: where there are others. */
  readonly named?: boolean;
}

/** A page with tens of thousands of rows takes an editor seconds, and nobody reads it there. */
const mostRowsInEditor = 300;

/** The estate as one page that needs nothing else: no script, no other file, readable without colours. */
export function estatePage(sections: readonly EstateSection[], options: PageOptions): string {
  const css = style(options.at === undefined);
  const hash = base64(sha256(utf8ToBytes(css)));
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const most = options.at === undefined ? mostRowsInEditor : Infinity;
  const body = sections.map((section, index) =>
    sectionOf(
      { ...section, id: (name) => `s${index + 1}-${name}`, most },
      options.named === true || sections.length > 1,
    ),
  );
  const page = html`<title>KSN overview</title>
</head>
<body>
<main>
<header><h1>Kaspersky Security Network: the estate at a glance</h1>
<p>${asOf(options.at)} by kea-policy ${options.version} from the policy files of the project. Nothing here was read from the console or from hosts. Unofficial; not affiliated with the vendor.</p></header>
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

// A page in the editor follows the files: a time in it would make it a new page with every look.
function asOf(at: string | undefined): Html {
  if (at === undefined) return html`Made`;
  const shown = `${at.slice(0, 16).replace('T', ' ')} UTC`;
  return html`As of <time datetime="${at}">${shown}</time>, made`;
}

function sectionOf(section: PageSection, named: boolean): Html {
  const { estate, id } = section;
  const toGroup = (kind: string) => (state: string) => `#${id(groupName(kind, state))}`;
  return html`<section aria-label="${section.title}">
    ${named ? html`<h2>${section.title}</h2>` : null} ${figures(section)}
    ${chart('Policies in force, by what becomes of KSN', estate.policies, 'policies', toGroup('policies'))}
    ${chart('Hosts of the config’s agents, by what becomes of KSN', hostsByOutcome(estate.agents), 'hosts', toGroup('agents'))}
    ${estate.agents.some(({ mixed }) => mixed) ? html`<p>${mixedOutcomes}</p>` : null}
    ${estate.documents.some(({ kind }) => kind === 'device') ? chart('Device documents, by what becomes of KSN', estate.devices, 'devices', toGroup('devices')) : null}
    ${losing(section)} ${due(section)} ${statements(section)} ${acceptances(section)} ${exceptions(section)}
    ${findings(section)} ${agents(section)} ${documents(section)}
  </section>`;
}

/** The numbers at the top, each a link to what it counts. */
function figures({ estate, id, link }: PageSection): Html {
  const { plugin } = estate;
  const inForce = sumOf(estate.policies);
  const devices = sumOf(estate.devices);
  const due = estate.acceptancesDue.length;
  const figure = (value: string | number, label: string, href: string | undefined): Html =>
    html`<div class="figure">
      <dt>${label}</dt>
      <dd>
        ${place(typeof value === 'number' ? number(value) : value, value === 0 || value === '0' ? undefined : href)}
      </dd>
    </div>`;
  const to = (name: string): string => `#${id(name)}`;
  return html`<dl class="figures">
    ${figure(inForce, inForce === 1 ? 'policy in force' : 'policies in force', to('policies'))}
    ${figure(estate.inactive, 'inactive', to(groupName('policies', 'not-in-force')))}
    ${figure(devices, devices === 1 ? 'device document' : 'device documents', to('devices'))}
    ${figure(countedHosts(configured(estate.agents)), 'hosts in the config', to('agents'))}
    ${figure(`${atMost(estate)}${countedHosts(estate.losing)}`, 'hosts about to lose KSN', to('losing'))}
    ${figure(countedHosts(estate.atRisk), 'hosts at risk beside them', to('losing'))}
    ${figure(due, due === 1 ? 'acceptance due' : 'acceptances due', to('due'))}
    ${figure(estate.findings.error, estate.findings.error === 1 ? 'error' : 'errors', to('findings'))}
    ${figure(plugin?.version ?? 'not known', 'managing plug-in', plugin ? link(configName, '/plugin') : undefined)}
    ${figure(plugin?.statementVersion ?? 'not known', 'its KSN Statement', plugin ? to('statements') : undefined)}
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

function hostsByOutcome(agents: readonly EstateAgents[]): Counts {
  const counts: Partial<Record<Outcome | 'none', number>> = {};
  for (const { source, hosts, outcome } of agents) {
    if (source === 'config' && hosts !== null)
      counts[outcome ?? 'none'] = (counts[outcome ?? 'none'] ?? 0) + hosts;
  }
  return counts;
}

const sumOf = (counts: Readonly<Record<Outcome, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
