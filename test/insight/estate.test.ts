import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { judgeProject } from '../../server/src/engine/judge';
import { asMarkdown, asText } from '../../server/src/insight/blocks';
import { estateOf, type Estate } from '../../server/src/insight/estate';
import { estateBlocks } from '../../server/src/insight/estate-blocks';
import { estatePage, type PageOptions } from '../../server/src/insight/estate-page';
import { accepted, config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { now, projectOf, type ProjectFiles } from '../rules/harness';
import { Oracle } from './oracle';
import { worlds } from './worlds';

function inventory(files: ProjectFiles): Estate {
  const project = projectOf(files);
  return estateOf({ project, findings: judgeProject(project, { now }) }, now);
}
const page = (estate: Estate, options: Partial<PageOptions> = {}, href?: string): string =>
  estatePage([{ title: 'Estate', estate, link: () => href }], {
    at: new Date(now).toISOString(),
    version: '1.2.3',
    ...options,
  });
/** The page as the editor shows it: of no time. */
const inEditor = (estate: Estate): string =>
  estatePage([{ title: 'Estate', estate, link: () => 'file.json' }], { version: '1.2.3' });
const total = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const small: ProjectFiles = {
  [file('top')]: policy('M', on('S1')),
  [file('kiosks')]: policy('M/K', off, { inheritance: { inheritFromParent: false } }),
  [file('old')]: policy('M/O', on('S1'), { status: 'inactive' }),
  [file('d')]: device('M/A', off, 'S2'),
  [file('e')]: device('N', { enabled: true, statement: accepted('S0') }),
  [file('broken')]: '{ "kind": "group" }',
  [config]: managedBy('S1', {
    agents: [
      { version: '3.16', statementVersion: 'S1', hosts: 100 },
      { version: '3.16', statementVersion: 'S2', hosts: 20 },
      { version: '3.17', hosts: 7, administrationGroups: ['Elsewhere'] },
    ],
    statements: [{ version: 'S1', texts: [{ language: 'en' }] }],
  }),
};

describe('the inventory', () => {
  test('counts the devices that a policy meets, which have answers of their own', () => {
    const { documents } = inventory(small);
    const answers = Object.fromEntries(
      documents.map(({ path, agents, devices }) => [path, { agents: agents.length, devices }]),
    );
    expect(answers).toEqual({
      [file('top')]: { agents: 2, devices: 1 },
      [file('kiosks')]: { agents: 2, devices: 0 },
      [file('old')]: { agents: 2, devices: 0 },
      [file('d')]: { agents: 1, devices: 0 },
      [file('e')]: { agents: 1, devices: 0 },
    });
  });

  test('adds up, and says what the rules say again, in every project', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const oracle = new Oracle(world);
        const paths = Object.keys(world.documents);
        const estate = inventory({ ...world.documents, [config]: world.config });
        const policies = paths.filter((path) => oracle.kind(path) === 'policy');
        const devices = paths.filter((path) => oracle.kind(path) === 'device');
        const inactive = policies.filter((path) => oracle.status(path) === 'inactive');
        expect(total(estate.policies)).toBe(policies.length - inactive.length);
        expect(estate.inactive).toBe(inactive.length);
        expect(total(estate.devices)).toBe(devices.length);
        for (const [state, count] of Object.entries(estate.devices)) {
          expect(count).toBe(devices.filter((path) => oracle.outcomeOfDevice(path) === state).length);
        }
        expect(estate.unreadable.length).toBe(paths.length - policies.length - devices.length);
        expect(estate.acceptancesDue.map(({ path }) => path)).toEqual(
          policies.filter((path) => oracle.acceptanceDue(path)).sort(),
        );
        // Each entry of the config is there once, with all policies in force that meet it in that outcome.
        const entries = estate.agents.filter(({ source }) => source === 'config');
        expect(new Set(entries.map(({ pointer }) => pointer)).size).toBe(entries.length);
        for (const { pointer, outcome, under } of entries) {
          const meeting = policies.filter(
            (path) =>
              !inactive.includes(path) &&
              oracle.outcomes(path).some((one) => one.replace('!', '') === `${pointer} ${outcome}`),
          );
          expect(under).toEqual(outcome === null ? [] : meeting.sort());
        }
        const findings = estate.findingsByRule.reduce((sum, { count }) => sum + count, 0);
        expect(findings).toBe(estate.findings.error + estate.findings.warning + estate.findings.info);
      }),
      { numRuns: 400 },
    );
  });

  test('counts the hosts about to lose KSN once, and those at risk beside them', () => {
    const estate = inventory(small);
    expect(estate.losing).toEqual({ hosts: 20, uncounted: 0 });
    expect(estate.atRisk).toEqual({ hosts: 100, uncounted: 0 });
    expect(estate.agents.map(({ outcome, mixed, hosts }) => [outcome, mixed, hosts])).toEqual([
      ['off', true, 100],
      ['switched-off', true, 20],
      [null, false, 7],
      ['switched-off', false, 1],
      ['unknown', false, 1],
    ]);
  });

  test('says of agents under policies that do not agree that they are counted with the worst outcome', () => {
    const estate = inventory(small);
    for (const text of [asText(estateBlocks(estate)), page(estate)]) {
      expect(text).toContain('up to 20');
      expect(text).toContain('are counted with the worst of them');
    }
    const alike = inventory({ [file('top')]: small[file('top')]!, [config]: small[config]! });
    expect(asText(estateBlocks(alike))).toContain('Hosts about to lose KSN: 20 hosts');
    expect(page(alike)).not.toContain('are counted with the worst of them');
  });

  test('does not know of agents where it can’t be told which policy applies', () => {
    const agents = [
      { version: '3.16', hosts: 5, administrationGroups: ['M/L'] },
      { version: '3.16', hosts: 6, administrationGroups: ['N'] },
    ];
    const estate = inventory({
      [file('one')]: policy('M', off),
      [file('two')]: policy('M', off),
      [config]: managedBy('S1', { agents }),
    });
    expect(estate.agents.map(({ outcome, under }) => [outcome, under])).toEqual([
      ['unknown', []],
      [null, []],
    ]);
  });

  test('holds Statement versions across plug-in, catalogue, policies, devices and agents', () => {
    expect(inventory(small).statements).toEqual([
      {
        version: 'S0',
        inPlugin: false,
        inCatalogue: false,
        policies: [],
        devices: [file('e')],
        hosts: 0,
        uncounted: 0,
      },
      {
        ...{ version: 'S1', inPlugin: true, inCatalogue: true },
        ...{ policies: [file('old'), file('top')], devices: [], hosts: 100, uncounted: 0 },
      },
      {
        version: 'S2',
        inPlugin: false,
        inCatalogue: false,
        policies: [],
        devices: [],
        hosts: 20,
        uncounted: 0,
      },
    ]);
  });

  test('holds the evidence of acceptances, and exceptions with their end', () => {
    const exception = { rule: 'ksn-region-restricted', reason: 'Agreed with them', expires: '2026-11-22' };
    const estate = inventory({ ...small, [file('top')]: policy('M', on('S0'), { exceptions: [exception] }) });
    expect(estate.acceptances).toContainEqual({
      ...{ path: file('top'), name: 'Policy of M', version: 'S0', acceptedBy: 'Jane Roe' },
      ...{ acceptedAt: '2026-03-02T09:30:00+01:00', language: null, sha256: null, due: true },
    });
    expect(estate.exceptions).toMatchObject([{ path: file('top'), approvedBy: null, expired: true }]);
    expect(asText(estateBlocks(estate))).toContain('2026-11-22 (expired)');
  });

  test('reads in a terminal without whatever a name brings along', () => {
    const name = 'a\u001b[31m\nb\u202e';
    const estate = inventory({
      ...small,
      [file('top')]: policy('M', { enabled: true, enforcement: 'enforce' }, { name }),
    });
    const text = asText(estateBlocks(estate));
    expect(text).toContain('a\\u001b[31m\\u000ab\\u202e');
    expect(asMarkdown(estateBlocks(estate))).not.toContain('\u001b');
  });
});

const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, htmlEntities: true });
/** The page as XML would have it: without doctype, void elements closed. */
const asXml = (source: string): string =>
  source.replace('<!DOCTYPE html>\n', '').replace(/<(meta)([^>]*)>/g, '<$1$2/>');

interface Node {
  readonly [name: string]: unknown;
}
/** All elements of a name, as fast-xml-parser has them, with their attributes and text. */
function elements(
  source: string,
  name: string,
): { attributes: Record<string, string>; text: string; nodes: Node[] }[] {
  const found: { attributes: Record<string, string>; text: string; nodes: Node[] }[] = [];
  const textOf = (nodes: Node[]): string =>
    nodes
      .map((node) =>
        Object.entries(node)
          .map(([key, value]) =>
            key === '#text' ? String(value) : Array.isArray(value) ? textOf(value as Node[]) : '',
          )
          .join(''),
      )
      .join('');
  const visit = (nodes: Node[]): void => {
    for (const node of nodes) {
      for (const [key, value] of Object.entries(node)) {
        if (!Array.isArray(value)) continue;
        if (key === name) {
          found.push({
            attributes: (node[':@'] ?? {}) as Record<string, string>,
            text: textOf(value as Node[]),
            nodes: value as Node[],
          });
        }
        visit(value as Node[]);
      }
    }
  };
  visit(parser.parse(asXml(source)) as Node[]);
  return found;
}

describe('the page', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\'</style>\u202e';
  const attacked: ProjectFiles = {
    ...small,
    [file('top')]: policy(
      'M',
      { ...on('S1'), statement: accepted(hostile, { acceptedBy: hostile }) },
      {
        name: hostile,
        exceptions: [{ rule: hostile, reason: hostile, approvedBy: hostile }],
      },
    ),
    [file('more')]: policy(`M/${hostile.replaceAll('/', '')}`, off, { name: hostile }),
    [`sub/${hostile.replaceAll('/', '')}.kea-policy.json`]: device('M/A', off, hostile, { name: hostile }),
  };

  test.each([
    ['of an estate', small],
    ['of what attacks it', attacked],
    ['of nothing much', { [file('d')]: device('M', off) }],
  ])('%s is well-formed and needs nothing else', (_, files) => {
    const source = page(inventory(files), {}, 'a"b.html');
    expect(XMLValidator.validate(asXml(source))).toBe(true);
    expect(source).not.toMatch(/<(script|img|iframe|object|link|form)\b/i);
    expect(elements(source, 'style')).toHaveLength(1);
    expect(source).not.toMatch(/https?:|@import|url\(|\u202e/);
    const names = [...source.matchAll(/<[a-z][^>]*>/g)].flatMap(([tag]) => [...tag.matchAll(/\s([\w-]+)=/g)]);
    expect(names.map(([, name]) => name).filter((name) => /^on|^style$/.test(name!))).toEqual([]);
  });

  test('has a policy that lets in its own style and nothing else', () => {
    for (const source of [page(inventory(small)), inEditor(inventory(small))]) {
      const css = /<style>([^]*?)<\/style>/.exec(source)![1]!;
      const hash = createHash('sha256').update(css).digest('base64');
      const policies = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(source)![1];
      expect(policies).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
      );
      expect(source.indexOf('Content-Security-Policy')).toBeLessThan(source.indexOf('<style>'));
    }
  });

  test('has every chart in words and numbers, too, which add up', () => {
    const estate = inventory(small);
    const charts = elements(page(estate), 'figure');
    expect(charts.length).toBe(3);
    for (const chart of charts) {
      const source = chart.nodes;
      expect(source.some((node) => 'figcaption' in node)).toBe(true);
      const numbers = [...chart.text.matchAll(/[\d,]+/g)].map(([digits]) =>
        Number(digits.replaceAll(',', '')),
      );
      const sum = numbers.at(-1);
      expect(numbers.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(sum);
    }
    // The drawing itself says nothing that the table does not: screen readers pass it over.
    const source = page(estate);
    expect(source.match(/<svg/g)!.length).toBe(
      source.match(/<td class="bar" aria-hidden="true">\s*<svg/g)!.length,
    );
    expect(charts[0]!.text).toContain('Total2');
  });

  test('has headings in order, tables with heads, and one main', () => {
    const source = page(inventory(small));
    expect(elements(source, 'main')).toHaveLength(1);
    expect(elements(source, 'html')[0]!.attributes['@_lang']).toBe('en');
    expect([...source.matchAll(/<h(\d)/g)].map(([, level]) => level)[0]).toBe('1');
    for (const head of elements(source, 'thead')) expect(head.text).not.toBe('');
    expect(source.match(/<th(?: scope="(?:col|row|rowgroup)")/g)!.length).toBe(
      source.match(/<th[ >]/g)!.length,
    );
  });

  test('links where it is told to, and nowhere otherwise', () => {
    const estate = inventory(small);
    const outward = (source: string) =>
      elements(source, 'a')
        .map(({ attributes }) => attributes['@_href']!)
        .filter((href) => !href.startsWith('#'));
    expect(outward(page(estate))).toEqual([]);
    expect(new Set(outward(page(estate, {}, 'top.kea-policy.json')))).toEqual(
      new Set(['top.kea-policy.json']),
    );
    expect(page(estate, {}, 'x" onclick="y')).not.toContain('onclick="');
  });

  test('names the only project of a page where there are others', () => {
    const headings = (options: Partial<PageOptions>): string[] =>
      elements(page(inventory(small), options), 'h2').map(({ text }) => text);
    expect(headings({})).toEqual([]);
    expect(headings({ named: true })).toEqual(['Estate']);
  });

  test('counts one of a kind as one', () => {
    const estate = inventory({
      [file('top')]: policy('M', { enabled: true, enforcement: 'enforce' }),
      [file('d')]: device('M', off),
      [config]: managedBy('S1'),
    });
    const labels = elements(page(estate), 'dt').map(({ text }) => text);
    expect(labels).toEqual(expect.arrayContaining(['policy in force', 'device document', 'acceptance due']));
  });

  test('makes every figure that counts something a link to what it counts', () => {
    const estate = inventory(small);
    const source = estatePage(
      [1, 2].map((number) => ({ title: `Estate ${number}`, estate, link: (path) => path })),
      { version: '1.2.3' },
    );
    const ids = [...source.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const within = elements(source, 'a')
      .map(({ attributes }) => attributes['@_href']!)
      .filter((href) => href.startsWith('#'));
    expect(within.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
    for (const figure of elements(source, 'dd')) {
      const counts = !/^(0|not known)$/.test(figure.text);
      expect([figure.text, figure.nodes.some((node) => 'a' in node)]).toEqual([figure.text, counts]);
    }
    expect(source.match(/<td class="number">\s*<a /g)!.length).toBe(source.match(/<svg/g)!.length);
    // what a number leads to has as many rows
    const headings = [...source.matchAll(/id="s1-policies-([\w-]+)">[^<]*\((\d+)\)\s*</g)];
    expect(Object.fromEntries(headings.map(([, state, count]) => [state, Number(count)]))).toEqual({
      ...Object.fromEntries(Object.entries(estate.policies).filter(([, count]) => count > 0)),
      'not-in-force': estate.inactive,
    });
  });

  test('is the same again in the editor as long as the files are', () => {
    const estate = inventory(small);
    expect(inEditor(estate)).not.toMatch(/<time|As of/);
  });

  test('shows so many rows in the editor and counts the others; in a file it shows all', () => {
    const names = Array.from({ length: 310 }, (_, i) => `k${i}`);
    const estate = inventory(
      Object.fromEntries(names.map((name) => [file(name), policy(`M/${name}`, off, { name })])),
    );
    const links = (source: string) => elements(source, 'a').filter(({ text }) => /^k\d+$/.test(text)).length;
    expect(links(inEditor(estate))).toBe(300);
    expect(inEditor(estate)).toContain('and 10 more, which');
    expect(links(page(estate, {}, 'file.json'))).toBe(310);
  });

  test('says when it was made, from what, and that it is not the vendor’s', () => {
    const source = page(inventory(small));
    expect(source).toContain('2026-11-23T12:00:00.000Z');
    expect(source).toContain('Nothing here was read from the console');
    expect(source).toContain('not affiliated with the vendor');
    expect(page(inventory(small))).toBe(source);
  });
});
