import { describe, expect, test } from 'vitest';
import { codeLenses, ksnSummary } from '../../server/src/features/code-lens';
import { inlayHints } from '../../server/src/features/inlay-hints';
import { definition, documentLinks, references } from '../../server/src/features/navigation';
import { documentSymbols, foldingRanges, selectionRanges } from '../../server/src/features/structure';
import { workspaceSymbols } from '../../server/src/features/workspace-symbols';
import { formatting } from '../../server/src/features/formatting';
import type { PolicyDocument } from '../../server/src/project/document';
import { config, device, policy } from '../lsp/documents';
import { stage, wholeRange, type Content } from './scene';

const text = (document: object, from: string): string =>
  JSON.stringify(document, null, 2).replace(from, `${from.slice(0, 2)}|${from.slice(2)}`);
const file = (uri: string): string => uri.replace('file:///project/', '');

const child = policy({ name: 'Child', administrationGroup: 'Managed devices/EMEA', ksn: {} });
const host = device({ administrationGroup: 'Managed devices/EMEA' });
const catalogue = {
  ...config,
  statements: [{ version: '2023-10', texts: [{ language: 'en', file: 'ksn/en.txt' }] }],
};
const rest: Record<string, Content> = {
  'a.kea-policy.json': policy(),
  'child.kea-policy.json': child,
  'host.kea-policy.json': host,
  'kea-policy.config.json': catalogue,
};

describe('definition', () => {
  const definitions = (contents: Record<string, Content>): string[] => {
    const { scene, position } = stage(contents);
    return definition(scene, position).map(({ uri, range }) => `${file(uri)}:${range.start.line}`);
  };

  test('leads from a policy to its parent and from a device to the policy in force', () => {
    expect(definitions({ ...rest, 'child.kea-policy.json': text(child, '"Managed') })).toEqual([
      'a.kea-policy.json:2',
    ]);
    expect(definitions({ ...rest, 'host.kea-policy.json': text(host, '"Managed') })).toEqual([
      'child.kea-policy.json:2',
    ]);
  });

  test('leads from a Statement to the catalogue, and from there to its text', () => {
    expect(definitions({ ...rest, 'a.kea-policy.json': text(policy(), '"2023-10"') })).toEqual([
      'kea-policy.config.json:14',
    ]);
    // of the managing plug-in, in the config itself
    expect(definitions({ ...rest, 'kea-policy.config.json': text(catalogue, '"2023-10"') })).toEqual([
      'kea-policy.config.json:14',
    ]);
    expect(definitions({ ...rest, 'kea-policy.config.json': text(catalogue, '"ksn/en') })).toEqual([
      'ksn/en.txt:0',
    ]);
  });

  test('leads from anywhere in a catalogue entry to its texts', () => {
    const statements = [
      {
        version: '2023-10',
        texts: [
          { language: 'en', file: 'en.txt' },
          { language: 'de', file: 'de.txt' },
        ],
      },
    ];
    const from = (at: string): string[] =>
      definitions({ 'kea-policy.config.json': text({ statements }, at), 'a.kea-policy.json': policy() });
    expect(from('"2023-10"')).toEqual(['en.txt:0', 'de.txt:0']);
    expect(from('"de"')).toEqual(['de.txt:0']);
  });

  test('leads nowhere out of the folder', () => {
    const outside = { statements: [{ version: 'v', texts: [{ language: 'en', file: '../secret.txt' }] }] };
    expect(definitions({ 'kea-policy.config.json': text(outside, '"../secret') })).toEqual([]);
    const { scene } = stage({ 'kea-policy.config.json': outside });
    expect(documentLinks(scene)).toEqual([]);
  });
});

describe('references', () => {
  const found = (contents: Record<string, Content>): string[] => {
    const { scene, position } = stage(contents);
    return references(scene, position, true).map(({ uri }) => file(uri));
  };

  test('of a policy are its children and devices', () => {
    expect(found({ ...rest, 'child.kea-policy.json': text(child, '"name"') })).toEqual([
      'host.kea-policy.json',
    ]);
    expect(found({ ...rest, 'a.kea-policy.json': text(policy(), '"name"') })).toEqual([
      'child.kea-policy.json',
    ]);
  });

  test('of a Statement are all files that name it', () => {
    expect(found({ ...rest, 'a.kea-policy.json': text(policy(), '"2023-10"') })).toEqual([
      'a.kea-policy.json',
      'host.kea-policy.json',
      'host.kea-policy.json',
      'kea-policy.config.json',
      'kea-policy.config.json',
      'kea-policy.config.json',
    ]);
  });

  test('of a group are those in it and below', () => {
    expect(found({ ...rest, 'a.kea-policy.json': text(policy(), '"Managed') })).toEqual([
      'a.kea-policy.json',
      'child.kea-policy.json',
      'host.kea-policy.json',
    ]);
  });
});

test('links lead to the policy above and to texts', () => {
  expect(
    documentLinks(stage({ 'child.kea-policy.json': child, 'a.kea-policy.json': policy() }).scene),
  ).toMatchObject([{ target: 'file:///project/a.kea-policy.json', range: { start: { line: 3 } } }]);
  expect(documentLinks(stage({ 'kea-policy.config.json': catalogue }).scene)).toMatchObject([
    { target: 'file:///project/ksn/en.txt' },
  ]);
});

describe('code lenses', () => {
  test('say what holds, in a line', () => {
    const { scene } = stage(rest);
    const document = scene.project.document('a.kea-policy.json') as PolicyDocument;
    expect(ksnSummary(scene, document)).toBe(
      'KSN on · Enforce · Statement 2023-10 accepted 2024-01-01 · 1,200 hosts',
    );
  });

  test('link to parent, children and devices where the client can follow', () => {
    const { scene } = stage({ 'child.kea-policy.json': child, ...rest });
    const titles = (commands: string[]) =>
      codeLenses(scene, { commands: new Set(commands), showsDocuments: false }).map(({ command }) => [
        command!.title,
        command!.command,
      ]);
    expect(titles(['keaPolicy.openPlace'])).toEqual([
      ['Parent: Workstations', 'keaPolicy.openPlace'],
      ['1 device', 'keaPolicy.openPlace'],
      ['KSN on · Enforce · by Workstations · Statement 2023-10 accepted 2024-01-01 · 1,200 hosts', ''],
    ]);
    expect(titles([])[0]).toEqual(['Parent: Workstations', '']);
  });
});

test('inlay hints show defaults and what is inherited', () => {
  const { scene } = stage({ 'child.kea-policy.json': child, 'a.kea-policy.json': policy() });
  expect(inlayHints(scene, wholeRange(scene.file)).map(({ label }) => label)).toEqual([
    'enforcement: "undefined" (default), enabled: true (Workstations), useKscAsKsnProxy: false (Workstations)',
  ]);
});

test('symbols carry state', async () => {
  const { scene } = stage(rest);
  const outline = await documentSymbols(scene);
  expect(outline.find(({ name }) => name === 'ksn')!.detail).toBe('KSN: on, Enforce');
  const symbols = workspaceSymbols(scene, 'emea');
  // editors show the line that a symbol is on
  expect(symbols.map(({ location }) => location)).toMatchObject([
    { range: { start: { line: 2 } } },
    { range: { start: { line: 2 } } },
  ]);
  expect(symbols.map(({ name }) => name)).toEqual([
    'Child (KSN: off, Undefined here, in effect on)',
    'host-1 (KSN: on)',
  ]);
});

test('the symbol of a device says apart what it states and what holds', async () => {
  const { scene } = stage({
    'host.kea-policy.json': device({ ksn: { enabled: false } }),
    'a.kea-policy.json': policy(),
  });
  const outline = await documentSymbols(scene);
  expect(outline.find(({ name }) => name === 'ksn')!.detail).toBe('KSN: off here, in effect on');
});

test('folding and selection are those of JSON', async () => {
  const { scene, position } = stage({ 'a.kea-policy.json': text(policy(), '"2023-10"') });
  expect((await foldingRanges(scene, undefined)).map(({ startLine }) => startLine).sort()).toEqual([0, 4, 7]);
  let depth = 0;
  const [innermost] = await selectionRanges(scene, [position]);
  for (let range = innermost; range; range = range.parent) depth++;
  expect(depth).toBeGreaterThan(3);
});

test('formatting brings members into order, and leaves what is no JSON alone', () => {
  const { scene } = stage({
    'a.kea-policy.json': '{"name":"A","kind":"policy","ksn":{},"administrationGroup":"G"}',
  });
  expect(
    formatting(scene)
      .map(({ newText }) => newText)
      .join(''),
  ).toContain('"kind": "policy",\n  "name": "A"');
  expect(formatting(stage({ 'a.kea-policy.json': '{"name":"A",}' }).scene)).toEqual([]);
});
