import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, folderWith, pushing, remove, uriOf, asText, write } from './client';
import { config, device, policy } from './documents';

// Every answer is held against the meta model by the client; here it is held that there is one.
let client: Client;
let folder: string;
const child = policy({ name: 'Child', administrationGroup: 'Managed devices/EMEA', ksn: {} });
const uri = (path = 'a.kea-policy.json'): string => uriOf(folder, path);
const place = { line: 3, character: 30 };

beforeAll(async () => {
  folder = folderWith({
    'kea-policy.config.json': {
      ...config,
      statements: [{ version: '2023-10', texts: [{ language: 'en', file: 'en.txt' }] }],
    },
    'en.txt': 'The text.',
    'a.kea-policy.json': policy(),
    'child.kea-policy.json': child,
    'host.kea-policy.json': device({ administrationGroup: 'Managed devices/EMEA' }),
  });
  client = await Client.start({
    folders: [folder],
    settings: { inlayHints: { enabled: true } },
    initializationOptions: { commands: ['keaPolicy.openPlace', 'keaPolicy.showPlaces'] },
  });
  await client.open(uri(), asText(policy()) as string);
  await client.open(uri('child.kea-policy.json'), asText(child) as string);
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.faults).toEqual([]);
  remove(folder);
});

describe('every feature answers over the protocol', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what an answer holds is for the row to say
  const cases: [string, Record<string, unknown>, (answer: any) => unknown, unknown][] = [
    ['hover', { position: place }, (answer) => answer.contents.kind, 'markdown'],
    ['completion', { position: { line: 4, character: 10 } }, (answer) => answer.items.length > 0, true],
    ['codeLens', {}, (answer) => answer.length, 3],
    [
      'definition',
      { position: { line: 8, character: 20 } },
      (answer) => answer[0].uri.endsWith('config.json'),
      true,
    ],
    ['references', { position: place, context: { includeDeclaration: true } }, (answer) => answer.length, 3],
    ['prepareRename', { position: place }, (answer) => answer.placeholder, 'Managed devices'],
    ['rename', { position: place, newName: 'All' }, (answer) => answer.documentChanges.length, 3],
    [
      'documentSymbol',
      {},
      (answer) => answer.map(({ name }: { name: string }) => name).includes('ksn'),
      true,
    ],
    ['foldingRange', {}, (answer) => answer.length > 1, true],
    ['selectionRange', { positions: [place] }, (answer) => answer.length, 1],
    ['formatting', { options: { tabSize: 2, insertSpaces: true } }, (answer) => answer, []],
  ];
  for (const [method, params, of, expected] of cases) {
    test(method, async () => {
      const answer = await client.request(`textDocument/${method}`, {
        textDocument: { uri: uri() },
        ...params,
      });
      expect(of(answer)).toEqual(expected);
    });
  }

  test('documentLink and inlayHint', async () => {
    const textDocument = { uri: uri('child.kea-policy.json') };
    const [link] = await client.request('textDocument/documentLink', { textDocument });
    expect(link).toMatchObject({ target: uri(), tooltip: 'Open the parent policy' });
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    await client.until(
      () => client.received.some(({ method }) => method === 'workspace/configuration'),
      'settings are read',
    );
    expect(await client.request('textDocument/inlayHint', { textDocument, range })).toHaveLength(1);
  });

  test('workspace symbols', async () => {
    const symbols = await client.request('workspace/symbol', { query: 'child' });
    expect(symbols).toMatchObject([
      { name: 'Child (KSN: off, Undefined here, in effect on)', containerName: 'Managed devices/EMEA' },
    ]);
  });

  test('a refused rename says why', async () => {
    const params = { textDocument: { uri: uri() }, position: place, newName: 'a/b' };
    await expect(client.request('textDocument/rename', params)).rejects.toThrow(
      /one part of the path at a time/,
    );
  });
});

describe('the requests beyond LSP', () => {
  const document = () => ({ uri: uri() });

  test('tree, rows, effective, status, validate', async () => {
    const [project] = await client.request('keaPolicy/tree', {});
    expect(project).toMatchObject({
      uri: uriOf(folder).replace(/\/$/, ''),
      groups: [{ name: 'Managed devices' }],
    });
    expect((await client.request('keaPolicy/rows', document())).rows).toHaveLength(5);
    expect(await client.request('keaPolicy/effective', document())).toMatchObject({
      state: 'on',
      acceptanceDue: false,
    });
    const status = await client.request('keaPolicy/status', document());
    expect(status).toMatchObject({
      documents: 3,
      plugin: { version: '3.16', statementVersion: '2023-10' },
      undecided: 0,
    });
    expect(await client.request('keaPolicy/validate', {})).toMatchObject({ files: 4, counts: status.counts });
  });

  test('plan, report and runbook are texts', async () => {
    const plan = await client.request('keaPolicy/plan', {
      uri: uri(),
      agents: [{ version: '3.17', statementVersion: '2025-01' }],
    });
    expect(plan).toMatchObject({ ok: true, text: expect.stringContaining('3.17') as string });
    expect(plan.text).toContain(`[a.kea-policy.json](${uri()})`);
    expect((await client.request('keaPolicy/effective', document())).markdown).toContain(`](${uri()})`);
    const report = await client.request('keaPolicy/report', { format: 'html' });
    expect(report.text).toMatch(/^<!doctype html>/i);
    const [, link] = /command:keaPolicy\.openPlace\?([^"]*ksn%2Fstatement[^"]*)"/.exec(report.text)!;
    const [named] = JSON.parse(decodeURIComponent(link!)) as [{ uri: string; pointer: string }];
    const { range } = await client.request('keaPolicy/place', named);
    expect(range.start.line).toBeGreaterThan(0);
    const runbook = await client.request('keaPolicy/runbook', document());
    expect(runbook).toMatchObject({ ok: true, text: expect.stringMatching(/^- \[ \] Open /m) as string });
    expect(runbook.text).toContain(`From [a.kea-policy.json](${uri()}).`);
    expect(await client.request('keaPolicy/plan', { uri: uri() })).toMatchObject({ ok: false });
    const planned = async (agents: object[]): Promise<unknown> =>
      client.request('keaPolicy/plan', { uri: uri(), agents });
    expect(await planned([{ version: 'abc' }])).toEqual({
      ok: false,
      message: '"abc" is no version: it must be two to four numbers with dots.',
    });
    expect(await planned([{}])).toMatchObject({ ok: false });
    expect(await planned([{ from: 'old', version: '3.17' }])).toMatchObject({ ok: false });
    expect(await planned(Array.from({ length: 12 }, () => ({ version: '3.17' })))).toMatchObject({
      ok: false,
    });
  });

  test('the overview of a project says which it is where there are others', async () => {
    const nested = folderWith({
      'a.kea-policy.json': policy(),
      'kea-policy.config.json': config,
      'tokyo/b.kea-policy.json': policy(),
      'tokyo/kea-policy.config.json': config,
    });
    const other = await Client.start({ folders: [nested] });
    const { text } = await other.request('keaPolicy/report', {
      format: 'html',
      uri: uriOf(nested, 'tokyo/b.kea-policy.json'),
    });
    expect(text).toContain('<h2>tokyo</h2>');
    await other.stop();
    remove(nested);
  });

  test('a comparison with a revision is a text, and says where there is no git', async () => {
    expect(await client.request('keaPolicy/diff', { base: 'HEAD' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('git') as string,
    });
    const repository = folderWith({ 'a.kea-policy.json': policy() });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: repository,
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    write(repository, 'a.kea-policy.json', policy({ ksn: { enforcement: 'enforce', enabled: false } }));
    const other = await Client.start({ folders: [repository] });
    const answer = await other.request('keaPolicy/diff', { base: 'HEAD' });
    expect(answer).toMatchObject({ ok: true, text: expect.stringContaining('Workstations') as string });
    expect(answer.text).toContain(`([a.kea-policy.json](${uriOf(repository, 'a.kea-policy.json')})) changed`);
    await other.stop();
    remove(repository);
  });

  test('the text of a Statement comes with the hash of just that text', async () => {
    const statement = await client.request('keaPolicy/statement', document());
    expect(statement).toMatchObject({
      required: '2023-10',
      due: false,
      texts: [{ language: 'en', uri: uri('en.txt') }],
    });
    const text = await client.request('keaPolicy/statementText', { uri: uri(), language: 'en' });
    expect(text).toMatchObject({ text: 'The text.', version: '2023-10', sha256: statement.texts[0].sha256 });
    expect(await client.request('keaPolicy/statementText', { uri: uri(), language: 'fr' })).toBeNull();
  });

  test('a space asks for completions only where the client says that it was one', async () => {
    const triggers = (of: Client): string[] =>
      of.initializeResult.capabilities.completionProvider!.triggerCharacters!;
    expect(triggers(client)).toContain(' ');
    const other = await Client.start({ folders: [folder], capabilities: pushing });
    expect(triggers(other)).not.toContain(' ');
    await other.stop();
  });

  test('edits, due policies, templates and fix-all', async () => {
    const { edit } = await client.request('keaPolicy/edit', { uri: uri(), action: { do: 'disable' } });
    expect(edit.documentChanges).toMatchObject([{ textDocument: { uri: uri(), version: 1 } }]);
    expect(await client.request('keaPolicy/due', {})).toEqual([]);
    const template = await client.request('keaPolicy/template', {
      kind: 'policy',
      name: 'a',
      folder: uriOf(folder),
    });
    expect(template).toMatchObject({
      fileName: 'a-2.kea-policy.json',
      groups: ['Managed devices/EMEA', 'Managed devices'],
    });
    const servers = policy({ name: 'S', administrationGroup: 'Managed devices/EMEA' });
    write(folder, 'emea/s.kea-policy.json', JSON.stringify(servers));
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('emea/s.kea-policy.json'), type: 1 }],
    });
    const beside = { kind: 'policy', name: 'b', folder: uriOf(join(folder, 'emea')) } as const;
    expect((await client.request('keaPolicy/template', beside)).groups).toEqual([
      'Managed devices/EMEA',
      'Managed devices',
    ]);
    rmSync(join(folder, 'emea'), { recursive: true });
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('emea/s.kea-policy.json'), type: 3 }],
    });
    const broken = uri('broken.kea-policy.json');
    write(
      folder,
      'broken.kea-policy.json',
      '{ "kind": "policy", "name": "B", "administrationGroup": "X", "ksn": {}, }',
    );
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: broken, type: 1 }] });
    const fixed = await client.request('keaPolicy/fixAll', {});
    expect(fixed.files).toBe(1);
    expect(fixed.edit.documentChanges[0].textDocument).toEqual({ uri: broken, version: null });
  });

  test('a client of ours is told when answers may have changed', async () => {
    client.received.length = 0;
    await client.change(uri('child.kea-policy.json'), [
      { text: (asText(child) as string).replace('"kind"', '"knd"') },
    ]);
    await client.until(
      () => client.received.some(({ method }) => method === 'keaPolicy/changed'),
      'it is told',
    );
  });
});

test('a client is offered nothing that it did not say it can take', async () => {
  const plain = await Client.start({ folders: [], capabilities: {} });
  const { capabilities } = plain.initializeResult;
  expect(capabilities.diagnosticProvider).toBeUndefined();
  expect(capabilities.codeActionProvider).toBeUndefined();
  expect(capabilities.renameProvider).toBe(true);
  await plain.open('untitled:a', '{ "kind": "policy", | }'.replace('|', ''));
  const list = await plain.request('textDocument/completion', {
    textDocument: { uri: 'untitled:a' },
    position: { line: 0, character: 20 },
  });
  for (const item of list.items) expect(item.textEdit.newText).not.toMatch(/\$\{?\d/);
  expect(plain.received.map(({ method }) => method)).not.toContain('client/registerCapability');
  await plain.stop();
  expect(plain.faults).toEqual([]);
});

test('a client that takes no outline gets the symbols as a list', async () => {
  const other = await Client.start({ folders: [folder], capabilities: pushing });
  await other.open(uri(), asText(policy()) as string);
  const symbols = await other.request('textDocument/documentSymbol', { textDocument: { uri: uri() } });
  expect(symbols).toContainEqual(
    expect.objectContaining({
      name: 'enabled (true)',
      containerName: 'ksn',
      location: expect.objectContaining({ uri: uri() }) as unknown,
    }),
  );
  expect(symbols.map(({ name }: { name: string }) => name)).toContain('ksn (KSN: on, Enforce)');
  await other.stop();
  expect(other.faults).toEqual([]);
});

test('the format that a client names first, and the operations on files that it tells of', async () => {
  const other = await Client.start({
    folders: [folder],
    capabilities: {
      textDocument: { hover: { contentFormat: ['plaintext', 'markdown'] } },
      workspace: { fileOperations: { willRename: true, didRename: true } },
    },
  });
  const { fileOperations } = other.initializeResult.capabilities.workspace!;
  expect(Object.keys(fileOperations!)).toEqual(['didRename']);
  await other.open(uri(), asText(policy()) as string);
  const params = { textDocument: { uri: uri() }, position: place };
  const { contents } = await other.request('textDocument/hover', params);
  expect(contents.kind).toBe('plaintext');
  await other.stop();
});

test('a client that pushes its settings is heard', async () => {
  const capabilities = {
    ...pushing,
    workspace: { ...pushing.workspace, inlayHint: { refreshSupport: true } },
  };
  const other = await Client.start({ folders: [folder], capabilities });
  await other.notify('workspace/didChangeConfiguration', {
    settings: { keaPolicy: { inlayHints: { enabled: true }, acceptedBy: 5, diagnostics: null } },
  });
  await other.until(
    () => other.received.some(({ method }) => method === 'workspace/inlayHint/refresh'),
    'hints are asked for again',
  );
  await other.open(uri('child.kea-policy.json'), asText(child) as string);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await other.request('textDocument/inlayHint', {
    textDocument: { uri: uri('child.kea-policy.json') },
    range,
  });
  expect(hints).toHaveLength(1);
  await other.stop();
});
