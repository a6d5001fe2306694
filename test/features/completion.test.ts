import { describe, expect, test } from 'vitest';
import type { CompletionItem, TextEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { addsAcceptance } from '../../server/src/engine/acceptance-guard';
import { completion } from '../../server/src/features/completion';
import { withoutPlaceholders } from '../../server/src/features/snippets';
import { config, device, policy, statement } from '../lsp/documents';
import { stage, type Content } from './scene';

async function at(
  contents: Record<string, Content>,
): Promise<{ items: CompletionItem[]; apply: (item: CompletionItem) => string }> {
  const { scene, position, files } = stage(contents);
  const { items } = await completion(scene, position, { snippets: true, markdown: true });
  const document = TextDocument.create('', '', 1, files.get(scene.path)!);
  const apply = (item: CompletionItem): string => {
    const edit = item.textEdit as TextEdit;
    const main = { ...edit, newText: withoutPlaceholders(edit.newText) };
    return TextDocument.applyEdits(document, [main, ...(item.additionalTextEdits ?? [])]);
  };
  return { items, apply };
}

const labels = async (contents: Record<string, Content>): Promise<string[]> =>
  (await at(contents)).items.map(({ label }) => label);

const text = (document: object, from: string, to: string): string =>
  JSON.stringify(document, null, 2).replace(from, to);

describe('completion', () => {
  test('offers the members that are not there yet', async () => {
    const found = await labels({
      'a.kea-policy.json': '{ "kind": "policy", "ksn": { "enabled": true, | } }',
    });
    expect(found).toEqual(expect.arrayContaining(['enforcement', 'useKscAsKsnProxy', 'statement']));
    expect(found).not.toContain('enabled');
  });

  test('offers what a policy or a device has where it is not said yet which of them it is', async () => {
    const atTop = await labels({ 'a.kea-policy.json': '{ "administrationGroup": "Managed devices", | }' });
    expect(atTop).toEqual(expect.arrayContaining(['kind', 'name', 'status', 'agent']));
    expect(await labels({ 'a.kea-policy.json': '{ "ksn": { | } }' })).toContain('enabled');
    expect(await labels({ 'a.kea-policy.json': '{ "kind": | }' })).toEqual(['"policy"', '"device"']);
  });

  test('writes a member with the form of its value, whatever the schema says it by', async () => {
    const given = '{ "kind": "policy", | }';
    const { items, apply } = await at({ 'a.kea-policy.json': given });
    const written = (label: string): string => apply(items.find((item) => item.label === label)!);
    expect(written('administrationGroup')).toBe(given.replace('|', '"administrationGroup": ""'));
    expect(written('plugin')).toBe(given.replace('|', '"plugin": {}'));
    const before = '{ | "kind": "policy" }';
    const first = await at({ 'a.kea-policy.json': before });
    expect(first.apply(first.items.find(({ label }) => label === 'plugin')!)).toBe(
      before.replace('|', '"plugin": {},'),
    );
    const named = '{ "kind": "policy", "plu|": 1 }';
    const key = await at({ 'a.kea-policy.json': named });
    expect(key.apply(key.items.find(({ label }) => label === 'plugin')!)).toBe(
      '{ "kind": "policy", "plugin": 1 }',
    );
  });

  test.each([
    ['{ "kind": "policy", "ksn": {} | }', 'name', '{ "kind": "policy", "ksn": {}, "name": "" }'],
    ['{ "kind": "policy", "ksn": {}\n  plu| }', 'plugin', '{ "kind": "policy", "ksn": {},\n  "plugin": {} }'],
    ['{ "kind": "policy", "regions": ["DE" |] }', '"FR"', '{ "kind": "policy", "regions": ["DE", "FR"] }'],
    ['{ "kind": "policy" | }', 'name', '{ "kind": "policy", "name": "" }'],
    ['{ "kind": "policy"\r\n  na|\r\n}', 'name', '{ "kind": "policy",\r\n  "name": ""\r\n}'],
    ['{ "kind": "policy" "na|" }', 'name', '{ "kind": "policy", "name": "" }'],
    [
      '{ "formatVersion": 1\n "|", "kind": "policy" }',
      'name',
      '{ "formatVersion": 1,\n "name": "", "kind": "policy" }',
    ],
    [
      '{ "kind": "policy", "ksn": { "enabled": false\n | } }',
      'statement',
      '{ "kind": "policy", "ksn": { "enabled": false,\n "statement": {} } }',
    ],
  ])('sets the comma that is missing before: %s', async (given, label, expected) => {
    const { items, apply } = await at({ 'a.kea-policy.json': given });
    expect(apply(items.find((item) => item.label === label)!)).toBe(expected);
  });

  test('leaves JSON behind, whatever is chosen in whatever gap of a document', async () => {
    const whole = text(policy({ regions: ['DE'], exceptions: [] }), '', '');
    const gaps = [...whole.matchAll(/(?<=["\d}\]el])(?=[\s,\]}]|$)/g)].map(({ index }) => index);
    let offered = 0;
    for (const gap of gaps) {
      for (const typed of [' ', '\n  ', ' x', ' "x"']) {
        const given = `${whole.slice(0, gap)}${typed}|${whole.slice(gap)}`;
        const { items, apply } = await at({ 'a.kea-policy.json': given.replace('"|', '|"') });
        offered += items.length;
        for (const item of items) {
          // what the user is still to write
          const after = apply(item).replace(/(: ?)(?=\s*[,}])/g, '$1null');
          expect(() => JSON.parse(after) as unknown, `${given}: ${item.label}`).not.toThrow();
        }
      }
    }
    expect(offered).toBeGreaterThan(100);
  });

  test('offers nothing that brings out an acceptance which a quote that is missing hid', async () => {
    const given = `{ "kind": "policy", "name": "x "description": "y",\n| "ksn": ${JSON.stringify(policy().ksn)} }`;
    const { items, apply } = await at({ 'a.kea-policy.json': given });
    const before = given.replace('|', '');
    expect(items.filter((item) => addsAcceptance(before, apply(item)))).toEqual([]);
  });

  test('keeps a name that the project knows apart from what follows', async () => {
    const others = { 'b.kea-policy.json': policy() };
    for (const [path, given, expected] of [
      ['kea-policy.config.json', '{ "administrationGroups": [| "x"] }', '"Managed devices", "x"'],
      ['a.kea-policy.json', '{ "administrationGroup": |\n "kind": "policy" }', '"Managed devices",\n'],
    ] as const) {
      const { items, apply } = await at({ [path]: given, ...others });
      const written = apply(items.find(({ label }) => label === '"Managed devices"')!);
      expect(written).toContain(expected);
      expect(() => JSON.parse(written) as unknown).not.toThrow();
    }
  });

  test('sees no missing comma behind a name, a comment, a string without its end or the document', async () => {
    for (const given of [
      '{ "kind" | }',
      '{ "kind": "policy", // or device\n | }',
      '{ "kind": "policy", "name": "x\n | }',
      '{ "kind": "policy", "name": "\n | }',
      '{ "kind": "policy", "name": "x\\"\n | }',
      '{ "kind": "policy" } |',
    ]) {
      const { items } = await at({ 'a.kea-policy.json': given });
      expect(items.filter(({ additionalTextEdits }) => additionalTextEdits !== undefined)).toEqual([]);
    }
  });

  test('offers nothing right behind a value', async () => {
    for (const given of ['{"kind": "policy", "ksn": {}|}', '{"kind": "policy", "exceptions": [{}|]}']) {
      expect(await labels({ 'a.kea-policy.json': given })).toEqual([]);
    }
    expect(
      await labels({ 'kea-policy.config.json': '{"plugin": {"version": "3.16"}|, "agents": []}' }),
    ).toEqual([]);
  });

  test('takes what stands half-typed in the file for no name', async () => {
    const found = await labels({
      'a.kea-policy.json': '{ "kind": "policy", "administrationGroup": "Man|" }',
      'b.kea-policy.json': policy(),
    });
    expect(found).toEqual(['"Managed devices"']);
  });

  test('replaces a half-typed word that has no quotes yet', async () => {
    const written = async (given: string, label: string): Promise<string> => {
      const { items, apply } = await at({ 'a.kea-policy.json': given, 'b.kea-policy.json': policy() });
      return apply(items.find((item) => item.label.startsWith(label))!);
    };
    expect(JSON.parse(await written('pol|\n', 'policy'))).toMatchObject({ kind: 'policy' });
    expect(JSON.parse(await written('{ "kind": "policy", ks| }', 'ksn: '))).toMatchObject({ kind: 'policy' });
    expect(await written('{ "administrationGroup": Man| }', '"Managed')).toBe(
      '{ "administrationGroup": "Managed devices" }',
    );
  });

  test('a space asks for a value, not for a member or for the next line', async () => {
    const asked = async (given: string): Promise<number> => {
      const { scene, position } = stage({ 'a.kea-policy.json': given, 'b.kea-policy.json': policy() });
      const support = { snippets: true, markdown: true };
      return (await completion(scene, position, support, ' ')).items.length;
    };
    expect(await asked('{ "administrationGroup": | }')).toBe(1);
    expect(await asked('{ "administrationGroup": "Managed |" }')).toBe(1);
    expect(await asked('{ "kind": "policy",\n  | }')).toBe(0);
    expect(await asked('{ "kind": "policy",\n  "regions": [\n | ] }')).toBe(0);
    expect(await asked(' |')).toBe(0);
  });

  test('offers a device no switch', async () => {
    expect(await labels({ 'a.kea-policy.json': '{ "kind": "device", "ksn": { | } }' })).not.toContain(
      'enforcement',
    );
  });

  test('offers a device a KSN group without the switch that it has not', async () => {
    const given = '{ "kind": "device", | }';
    const { items, apply } = await at({ 'a.kea-policy.json': given });
    const group = items.find(({ label }) => label.startsWith('ksn: '))!;
    expect(JSON.parse(apply(group))).toEqual({ kind: 'device', ksn: { enabled: false } });
  });

  test('offers an exception for rules that can find something in such a document', async () => {
    const rulesIn = (kind: string) =>
      labels({ 'a.kea-policy.json': `{ "kind": "${kind}", "exceptions": [{ "rule": | }] }` });
    const [inPolicy, inDevice] = [await rulesIn('policy'), await rulesIn('device')];
    expect(inPolicy).toContain('"ksn-enforcement-undefined"');
    expect(inPolicy).not.toContain('"ksn-enforcement-on-device"');
    expect(inDevice).toContain('"ksn-enforcement-on-device"');
    expect(inDevice).not.toContain('"ksn-enforcement-undefined"');
    expect([...inPolicy, ...inDevice]).not.toContain('"config-nested"');
  });

  test('keeps items apart by commas', async () => {
    const exception = '{ "rule": "policy-inactive", "reason": "It is kept for the winter." }';
    for (const items of [
      `| ${exception}`,
      `${exception} |`,
      `${exception}\n|`,
      `${exception}, | ${exception}`,
    ]) {
      const { items: found, apply } = await at({
        'a.kea-policy.json': `{ "kind": "policy", "exceptions": [${items}] }`,
      });
      const item = found.find(({ label }) => label === 'exception')!;
      const { exceptions } = JSON.parse(apply(item)) as { exceptions: unknown[] };
      expect(exceptions).toHaveLength(items.split(exception).length);
    }
  });

  test('offers no second value before one, but one before the next member', async () => {
    for (const given of [
      '{"kind":| "policy"}',
      '{"kind": | "policy"}',
      '{"kind": po| "policy"}',
      '{"ksn":| {"enabled": true}}',
      '{"kind": "policy", "ksn": {"enabled":| true}}',
      '{"kind": "policy", "regions":| ["DE"]}',
    ]) {
      expect(await labels({ 'a.kea-policy.json': given }), given).toEqual([]);
    }
    for (const given of ['{"kind": | "name": "x"}', '{"kind": po|\n "name": "x"}', '{"kind": |"policy"}']) {
      expect(await labels({ 'a.kea-policy.json': given }), given).toContain('"policy"');
    }
  });

  test('offers nothing behind the end of the document', async () => {
    expect(await labels({ 'a.kea-policy.json': '{ "kind": "policy" }|' })).toEqual([]);
    expect(await labels({ 'a.kea-policy.json': '{ "kind": "policy" }\n|\n' })).toEqual([]);
  });

  test('offers each rule once, with the comma that the next one needs', async () => {
    const { items, apply } = await at({
      'kea-policy.config.json': '{ "rules": {\n  |\n  "name-duplicate": "off"\n} }',
    });
    const found = items.map(({ label }) => label);
    expect(found).not.toContain('name-duplicate');
    expect(JSON.parse(apply(items.find(({ label }) => label === 'policy-inactive')!))).toEqual({
      rules: { 'policy-inactive': 'info', 'name-duplicate': 'off' },
    });
    const named = await labels({ 'kea-policy.config.json': '{ "rules": { "name-|duplicate": "off" } }' });
    expect(named).toContain('name-duplicate');
  });

  test('offers values', async () => {
    expect(
      await labels({ 'a.kea-policy.json': '{ "kind": "policy", "ksn": { "enforcement": | } }' }),
    ).toEqual(expect.arrayContaining(['"enforce"', '"undefined"']));
  });

  test('offers whole documents in an empty file, which have no finding but what they are to be filled in with', async () => {
    for (const empty of ['|', '\n|\n']) {
      const { items, apply } = await at({ 'a.kea-policy.json': empty });
      const snippets = items
        .filter(({ label }) => label === 'policy' || label === 'device')
        .sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
      expect(snippets.map(({ label }) => label)).toEqual(['policy', 'device']);
      for (const snippet of snippets) {
        const { scene } = stage({ 'a.kea-policy.json': apply(snippet) });
        expect(scene.findings.map(({ rule }) => rule)).toEqual([]);
      }
    }
    expect(await labels({ 'kea-policy.config.json': '|' })).toContain('config');
  });

  test('offers a group and an exception as snippets', async () => {
    expect(await labels({ 'a.kea-policy.json': '{ "kind": "policy", | }' })).toEqual(
      expect.arrayContaining(['ksn: Kaspersky Security Network group', 'exceptions: with a first entry']),
    );
    expect(await labels({ 'a.kea-policy.json': '{ "kind": "policy", "exceptions": [ | ] }' })).toContain(
      'exception',
    );
  });

  const known = {
    'kea-policy.config.json': config,
    'b.kea-policy.json': device({ administrationGroup: 'Managed devices/EMEA' }),
  };

  test('offers the Statement versions that the project knows', async () => {
    const draft = policy({ ksn: { statement: { version: 'X', accepted: false } } });
    const found = await labels({ 'a.kea-policy.json': text(draft, '"X"', '"|"'), ...known });
    expect(found).toContain('"2023-10"');
  });

  test('offers the groups, agents and rules that the project knows', async () => {
    const groups = await labels({
      'a.kea-policy.json': text(policy(), '"Managed devices"', '"Man|"'),
      ...known,
    });
    expect(groups).toContain('"Managed devices/EMEA"');
    const agents = await labels({ 'a.kea-policy.json': text(device(), '"3.16"', '|'), ...known });
    expect(agents).toContain('"3.16"');
    const excepted = policy({ exceptions: [{ rule: 'X', reason: 'because of something' }] });
    const rules = await labels({ 'a.kea-policy.json': text(excepted, '"X"', '"|"'), ...known });
    expect(rules).toContain('"ksn-acceptance-required"');
    expect(rules).not.toContain('"json-syntax"');
    expect(await labels({ 'kea-policy.config.json': '{ "rules": { | } }' })).toContain(
      'ksn-acceptance-required',
    );
  });

  test('disregards the schema that a file names itself', async () => {
    const found = await labels({
      'a.kea-policy.json': '{ "$schema": "https://example.com/x.json", "kind": "policy", "ksn": { | } }',
    });
    expect(found).toContain('enforcement');
  });

  test('replaces exactly the token at the cursor', async () => {
    const { items, apply } = await at({
      'a.kea-policy.json': text(policy(), '"Managed devices"', '"Man|"'),
      ...known,
    });
    const item = items.find(({ label }) => label === '"Managed devices/EMEA"')!;
    expect(JSON.parse(apply(item))).toMatchObject({
      administrationGroup: 'Managed devices/EMEA',
      name: 'Workstations',
    });
  });

  test('leaves out places to fill in for clients that do not know them', async () => {
    const { scene, position } = stage({ 'a.kea-policy.json': '|' });
    const { items } = await completion(scene, position, { snippets: false, markdown: false });
    for (const item of items) expect((item.textEdit as TextEdit).newText).not.toContain('$');
  });
});

describe('nothing that is offered accepts', () => {
  const accepted = { ...statement };
  const traps: [string, string][] = [
    [
      'the value of accepted',
      text(policy({ ksn: { statement: { version: 'v', accepted: false } } }), 'false', '|'),
    ],
    ['a mistyped accepted', text(policy({ ksn: { statement: accepted } }), '"accepted"', '"accepte|"')],
    ['a mistyped statement', text(policy({ ksn: { statement: accepted } }), '"statement"', '"statemen|"')],
    [
      'a mistyped statement with a comment in it',
      '{ "kind": "policy", "ksn": { "statemen|": { "version": "v", "accepted" /* why */ : /* */ true } } }',
    ],
    ['a mistyped group', text(policy({ ksn: { statement: accepted } }), '"ksn"', '"ks|"')],
    ['the version of an accepted Statement', text(policy(), '"2023-10"', '"|"')],
    ['a new statement', '{ "kind": "policy", "ksn": { | } }'],
    ['a new accepted', '{ "kind": "policy", "ksn": { "statement": { "version": "v", | } } }'],
  ];
  for (const [what, document] of traps) {
    test(`at ${what}`, async () => {
      const other = { ...config, plugin: { version: '3.16', statementVersion: '2025-01' } };
      const { items, apply } = await at({ 'a.kea-policy.json': document, 'kea-policy.config.json': other });
      const before = document.replace('|', '');
      for (const item of items) expect(addsAcceptance(before, apply(item)), item.label).toBe(false);
    });
  }

  test('true is not offered for accepted, nor for a malformed enabled', async () => {
    const found = await labels({
      'a.kea-policy.json': text(policy({ ksn: { statement: accepted } }), 'true', '|'),
    });
    expect(found).not.toContain('true');
    const malformed = text(policy({ ksn: { enabled: 'X' } }), '"X"', '"t|rue"');
    expect(await labels({ 'a.kea-policy.json': malformed })).not.toContain('true');
  });
});
