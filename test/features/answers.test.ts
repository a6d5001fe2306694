import { describe, expect, test } from 'vitest';
import { editFor } from '../../server/src/features/edit-action';
import { knownNames } from '../../server/src/features/known-names';
import { rowsOf } from '../../server/src/features/rows';
import { dueDocuments, statementAnswer } from '../../server/src/features/statement-answer';
import { nameForFile, templateFileName, templateText } from '../../server/src/features/template';
import { treeOf } from '../../server/src/features/tree';
import { effectiveFor } from '../../server/src/lsp/effective-text';
import { config, device, policy, statement } from '../lsp/documents';
import { able, after, stage } from './scene';

const child = policy({ name: 'Child', administrationGroup: 'Managed devices/EMEA', ksn: {} });
const files = {
  'a.kea-policy.json': policy(),
  'child.kea-policy.json': child,
  'host.kea-policy.json': device({ administrationGroup: 'Managed devices/EMEA' }),
  'alone.kea-policy.json': device({ name: 'alone', administrationGroup: 'Elsewhere' }),
  'broken.kea-policy.json': '{',
  'kea-policy.config.json': config,
};
// The first file is the one that is asked about.
const childFirst = Object.fromEntries(
  Object.entries(files).sort(([a], [b]) => Number(b.startsWith('child')) - Number(a.startsWith('child'))),
);

describe('the tree', () => {
  test('has groups with their policies, devices below the policy in force, and what is in no group', () => {
    const { scene } = stage(files);
    const tree = treeOf({ project: scene.project, uriOf: (path) => path, findings: () => [] });
    expect(tree.groups.map(({ path }) => path)).toEqual(['Elsewhere', 'Managed devices']);
    const [elsewhere, managed] = tree.groups;
    expect(elsewhere!.devices).toMatchObject([{ name: 'alone', kind: 'device', state: 'on' }]);
    expect(managed!.policies).toMatchObject([
      { name: 'Workstations', state: 'on', status: 'active', devices: [] },
    ]);
    expect(managed!.groups[0]).toMatchObject({
      name: 'EMEA',
      policies: [{ name: 'Child', devices: [{ name: 'host-1' }] }],
    });
    expect(tree.ungrouped).toMatchObject([{ kind: 'unreadable', path: 'broken.kea-policy.json' }]);
  });

  test('is in the order in which people look: G2 before G10', () => {
    const names = ['G10', 'G1', 'G2'];
    const { scene } = stage(
      Object.fromEntries(
        names.flatMap((name) => [
          [`${name}.kea-policy.json`, policy({ name, administrationGroup: `Managed devices/${name}` })],
          [`p${name}.kea-policy.json`, policy({ name, administrationGroup: 'Managed devices' })],
        ]),
      ),
    );
    const tree = treeOf({ project: scene.project, uriOf: (path) => path, findings: () => [] });
    const inOrder = ['G1', 'G2', 'G10'];
    expect(tree.groups[0]!.groups.map(({ name }) => name)).toEqual(inOrder);
    expect(tree.groups[0]!.policies.map(({ name }) => name)).toEqual(inOrder);
    expect(knownNames(scene.project).groups).toEqual([
      'Managed devices',
      ...inOrder.map((name) => `Managed devices/${name}`),
    ]);
    expect(dueDocuments(scene.project, (path) => path).map(({ name }) => name)).toEqual([
      ...inOrder,
      ...inOrder,
    ]);
  });

  test('rows say what holds, by which document, and what can be done', () => {
    const { scene } = stage(childFirst);
    expect(rowsOf(scene)!.map(({ id, text, actions }) => [id, text, actions])).toEqual([
      ['ksn', 'on (by Workstations)', ['enable']],
      ['enforcement', 'Undefined (by Workstations)', ['enforce']],
      ['statement', 'none', ['accept']],
      ['proxy', 'not used (by Workstations)', ['proxyOn']],
      ['problems', 'none', []],
    ]);
  });
});

describe('the Statement', () => {
  const catalogue = {
    ...config,
    statements: [
      {
        version: '2023-10',
        texts: [
          { language: 'en', file: './texts/en.txt' },
          { language: 'de', file: 'texts/none.txt' },
          { language: 'fr', file: '../fr.txt' },
          { language: 'it', file: 'texts/it.txt', sha256: '0'.repeat(64) },
        ],
      },
    ],
  };

  test('that is required is told with the texts that can be shown, and why others can’t', () => {
    const { scene } = stage({
      ...files,
      'kea-policy.config.json': catalogue,
      'texts/en.txt': 'abc',
      'texts/it.txt': 'abc',
    });
    const answer = statementAnswer(scene)!;
    expect(answer).toMatchObject({
      required: '2023-10',
      due: false,
      current: { version: '2023-10', accepted: true },
    });
    expect(answer.texts).toEqual([
      {
        language: 'en',
        uri: 'file:///project/texts/en.txt',
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      },
    ]);
    expect(answer.faults).toHaveLength(3);
    expect(answer.sentence).toContain('(Statement version 2023-10)');
  });

  test.each([
    ['is in no catalogue', [], 'name it in kea-policy.config.json under statements', '/statements'],
    [
      'is listed without a text',
      [{ version: '2023-10', texts: [] }],
      'name it in kea-policy.config.json under statements',
      '/statements/0',
    ],
    [
      'has its file missing',
      [{ version: '2023-10', texts: [{ language: 'en', file: 'none.txt' }] }],
      'Where there is no file to show',
      '/statements/0/texts/0',
    ],
    [
      'has another hash than recorded',
      [{ version: '2023-10', texts: [{ language: 'en', file: 'en.txt', sha256: '0'.repeat(64) }] }],
      'Where a hash differs, restore the file',
      '/statements/0/texts/0',
    ],
  ])('that %s is told with what to do, and where in the config', (_, statements, advice, pointer) => {
    const { scene } = stage({
      ...files,
      'kea-policy.config.json': { ...config, statements },
      'en.txt': 'abc',
    });
    const answer = statementAnswer(scene)!;
    expect(answer.texts).toEqual([]);
    expect(answer.howToAdd.startsWith('Save the text of')).toBe(answer.faults.length === 0);
    expect(answer.howToAdd).toContain(advice);
    expect(answer.inConfig).toEqual({ uri: 'file:///project/kea-policy.config.json', pointer });
  });

  test('that is not known is said to be so', () => {
    const { scene } = stage({ 'a.kea-policy.json': policy() });
    expect(statementAnswer(scene)).toMatchObject({ due: true, unknownBecause: expect.any(String) as string });
    expect(dueDocuments(scene.project, (path) => path)).toMatchObject([
      { name: 'Workstations', current: '2023-10' },
    ]);
  });

  test('is recorded as a whole, with nothing of an earlier acceptance', () => {
    const old = policy({
      ksn: { enabled: true, statement: { ...statement, version: '2022-01', reference: 'T-1' } },
    });
    const { scene, files: texts } = stage({ 'a.kea-policy.json': old, 'kea-policy.config.json': config });
    const answer = editFor(scene, { do: 'accept', version: '2023-10', acceptedBy: 'B. Brown' }, able);
    if (!answer.ok) throw new Error(answer.message);
    expect(JSON.parse(after(texts, answer.edit).get('a.kea-policy.json')!)).toMatchObject({
      ksn: {
        statement: {
          version: '2023-10',
          accepted: true,
          acceptedBy: 'B. Brown',
          acceptedAt: '2026-11-23T12:00:00Z',
        },
      },
    });
    expect(after(texts, answer.edit).get('a.kea-policy.json')).not.toContain('T-1');
  });
});

describe('an acceptance that enables KSN', () => {
  const accept = { do: 'accept', enable: true, version: '2023-10', acceptedBy: 'B. Brown' } as const;
  const ksnAfter = (ksn: object) => {
    const { scene, files: texts } = stage({
      'a.kea-policy.json': policy({ ksn }),
      'kea-policy.config.json': config,
    });
    const answer = editFor(scene, accept, able);
    if (!answer.ok) throw new Error(answer.message);
    const made = JSON.parse(after(texts, answer.edit).get('a.kea-policy.json')!) as { ksn: object };
    return made.ksn;
  };

  test.each([
    {},
    { enabled: false },
    { enabled: true },
    { enforcement: 'enforce', enabled: false, statement },
  ])('is one edit: %j', (ksn) => {
    expect(ksnAfter(ksn)).toMatchObject({
      ...ksn,
      enabled: true,
      statement: { version: '2023-10', accepted: true, acceptedBy: 'B. Brown' },
    });
  });

  test('is refused where it can’t be told whether KSN is enabled', () => {
    expect(() => ksnAfter({ enabled: 'yes' })).toThrow('Nothing was recorded');
  });
});

test('actions that change nothing, or have no place, are refused in words', () => {
  const { scene } = stage({ 'a.kea-policy.json': policy() });
  expect(editFor(scene, { do: 'enable' }, able)).toMatchObject({ ok: false });
  expect(
    editFor(scene, { do: 'exception', rule: 'ksn-region-restricted', reason: 'short' }, able),
  ).toMatchObject({ ok: false });
  expect(
    editFor(scene, { do: 'exception', rule: 'json-syntax', reason: 'long enough, really' }, able),
  ).toMatchObject({ ok: false });
  expect(editFor(stage({ 'd.kea-policy.json': device() }).scene, { do: 'enforce' }, able)).toMatchObject({
    ok: false,
  });
  const dated = { do: 'exception', rule: 'ksn-region-restricted', reason: 'long enough, really' } as const;
  expect(editFor(scene, { ...dated, expires: 'soon' }, able)).toEqual({
    ok: false,
    message: 'It expires on a day, such as 2027-01-31, or never.',
  });
  expect(editFor(scene, { ...dated, expires: '2027-01-31' }, able)).toMatchObject({ ok: true });
});

test('an acceptance at no time is refused', () => {
  const { scene } = stage({ 'a.kea-policy.json': policy({ ksn: {} }), 'kea-policy.config.json': config });
  const accept = { do: 'accept', version: '2023-10', acceptedBy: 'B. Brown' } as const;
  expect(editFor(scene, { ...accept, acceptedAt: 'yesterday' }, able)).toEqual({
    ok: false,
    message: 'When it was accepted must be a date and time with offset: nothing was recorded.',
  });
  expect(editFor(scene, { ...accept, acceptedAt: '2026-11-01T09:30:00+01:00' }, able)).toMatchObject({
    ok: true,
  });
});

test('an effective answer names its document, its hosts and its reasons', () => {
  const { scene } = stage(childFirst);
  const answer = effectiveFor(scene)!;
  expect(answer).toMatchObject({
    state: 'on',
    settings: { enabled: true, statementVersion: '2023-10', enforcement: 'enforce' },
    decidedBy: { name: 'Workstations' },
  });
  expect(answer.agents.map(({ outcome }) => outcome)).toEqual(['on', 'on']);
  expect(answer.markdown).toContain('Enforced');
});

test('new files are in order, and never enable or accept', () => {
  for (const kind of ['policy', 'device', 'config'] as const) {
    const text = templateText({ kind, name: 'Über & Co.', administrationGroup: 'G/A' });
    const path = kind === 'config' ? 'kea-policy.config.json' : 'a.kea-policy.json';
    expect(stage({ [path]: text }).scene.findings).toEqual([]);
    expect(text).not.toContain('true');
  }
  const taken = (name: string): boolean => name === 'über-co.kea-policy.json';
  expect(templateFileName({ kind: 'policy', name: 'Über & Co.' }, taken)).toBe('über-co-2.kea-policy.json');
});

test.each([
  ['  PC #7 / Büro ', 'pc-7-büro'],
  ['…', 'policy'],
  ['CON', 'con-policy'],
  ['Com1', 'com1-policy'],
  ['console', 'console'],
  // cut off, and not in the midst of a character
  [`a${'𐐀'.repeat(40)}`, `a${'𐐨'.repeat(29)}`],
])('a file for %j is called %s', (name, expected) => {
  expect(nameForFile(name, 'policy')).toBe(expected);
});
