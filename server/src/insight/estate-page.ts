import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { HostCount } from '../project/hosts';
import type { Outcome } from '../project/outcome';
import type { Estate } from './estate';
import { atMost, type EstateAgents } from './estate-agents';
import { chart, type Counts } from './estate-chart';
import { style } from './estate-style';
import {
  acceptances,
  documents,
  due,
  exceptions,
  findings,
  losing,
  statements,
  type EstateSection,
} from './estate-tables';
import { html, type Html } from './html';
import { number } from './page-parts';
import { mixedOutcomes } from './words';

export interface PageOptions {
  /** The time that the page is of, RFC 3339. */
  readonly at: string;
  readonly version: string;
  /** Shown within an editor, whose theme gives the colours. */
  readonly inEditor?: boolean;
}

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
    ${estate.agents.some(({ mixed }) => mixed) ? html`<p>${mixedOutcomes}</p>` : null}
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
    ${figure(`${atMost(estate)}${countedHosts(estate.losing)}`, 'hosts about to lose KSN')}
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
