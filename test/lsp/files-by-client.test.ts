import { afterEach, expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver';
import { asText, Client, codes, pulling, pushing } from './client';
import { config, policy, statement } from './documents';

// As in a browser, or in a virtual workspace: the server has no files but those that the client sends.
const top = 'memfs://host/some%20folder';
let client: Client;
let files: Map<string, unknown>;

async function start(
  contents: Record<string, unknown>,
  able: ClientCapabilities = pulling,
  folder = top,
): Promise<void> {
  files = new Map(Object.entries(contents));
  const base64 = (content: unknown): string => Buffer.from(asText(content)).toString('base64');
  client = await Client.start({
    folders: [],
    initializationOptions: { filesByClient: true, commands: [] },
    capabilities: { ...able, workspace: { ...able.workspace, workspaceFolders: true } },
    answers: {
      'keaPolicy/files': () => ({
        files: [...files]
          .filter(([path]) => /\.json$|\.gitignore$/.test(path))
          .map(([path, content]) => ({ path, content: base64(content) })),
        gitFolders: [''],
      }),
      'keaPolicy/read': ({ uris }: { uris: string[] }) => ({
        contents: uris.map((uri) => {
          const content = files.get(decodeURIComponent(uri).slice('memfs://host/some folder/'.length));
          return content === undefined ? null : base64(content);
        }),
      }),
    },
    workspaceFolders: [{ uri: folder, name: 'some folder' }],
  });
}

afterEach(async () => {
  await client.stop();
  expect(client.faults).toEqual([]);
});

const notAccepted = policy({
  ksn: { enforcement: 'enforce', enabled: true, statement: { ...statement, accepted: false } },
});

test('what the client sends is judged as files are, and again when they change', async () => {
  await start({
    'kea-policy.config.json': config,
    '.gitignore': 'out/\n',
    'a/x.kea-policy.json': notAccepted,
    'out/y.kea-policy.json': notAccepted,
  });
  const uri = `${top}/a/x.kea-policy.json`;
  const reports = await client.pullWorkspace();
  expect([...reports.keys()]).toEqual([uri]);
  expect(codes(reports.get(uri).items)).toEqual(['ksn-acceptance-required']);

  files.set('a/x.kea-policy.json', policy());
  files.set('a/z.kea-policy.json', notAccepted);
  await client.notify('workspace/didChangeWatchedFiles', {
    changes: [
      { uri, type: 2 },
      { uri: `${top}/a/z.kea-policy.json`, type: 1 },
    ],
  });
  expect([...(await client.pullWorkspace()).keys()]).toContain(`${top}/a/z.kea-policy.json`);
  await client.open(uri, asText(notAccepted) as string);
  expect(codes(await client.pull(uri))).toContain('ksn-acceptance-required');
});

test.each([
  ['memfs://host/', 'memfs://host/'],
  ['memfs://host', 'memfs://host/'],
  ['memfs:/', 'memfs:/'],
  ['memfs:/some%20folder', 'memfs:/some%20folder/'],
  ['memfs:///some%20folder', 'memfs:///some%20folder/'],
])('a folder may be the root of its files, and they may be of no authority: %s', async (folder, above) => {
  const severity = { rules: { 'ksn-acceptance-required': 'info' } };
  await start({ 'kea-policy.config.json': severity, 'a/x.kea-policy.json': notAccepted }, pulling, folder);
  const uri = `${above}a/x.kea-policy.json`;
  expect([...(await client.pullWorkspace()).keys()]).toEqual([uri]);
  await client.open(uri, asText(notAccepted) as string);
  expect(await client.pull(uri)).toMatchObject([{ code: 'ksn-acceptance-required', severity: 3 }]);
});

test('of two changes, the answer about the earlier one may come late and takes nothing back', async () => {
  await start({ 'kea-policy.config.json': config, 'a.kea-policy.json': policy() });
  const uri = `${top}/a.kea-policy.json`;
  expect((await client.pullWorkspace()).size).toBe(0);
  const read = client.answers.get('keaPolicy/read') as (params: unknown) => unknown;
  let late: Promise<unknown> | undefined;
  client.answers.set('keaPolicy/read', (params) => {
    const answer = read(params);
    if (late) return answer;
    return (late = new Promise((resolve) => setTimeout(resolve, 200, answer)));
  });
  for (const text of [policy(), notAccepted]) {
    files.set('a.kea-policy.json', text);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await client.until(() => late !== undefined, 'the file is asked for');
  }
  await late;
  expect(codes(await client.pull(uri))).toEqual(['ksn-acceptance-required']);
  // the late answer has come to the server by now
  expect(codes(await client.pull(uri))).toEqual(['ksn-acceptance-required']);
});

test('what is found elsewhere stays while a folder that came is asked for', async () => {
  const texts = [{ language: 'en', file: 'en.txt' }];
  const statements = [{ version: '2023-10', texts }];
  await start(
    { 'kea-policy.config.json': { ...config, statements }, 'a.kea-policy.json': notAccepted },
    pushing,
  );
  const uri = `${top}/a.kea-policy.json`;
  await client.pushed(uri, (found) => found.length > 0);
  let goOn: (() => void) | undefined;
  client.answers.set('keaPolicy/read', () => new Promise((resolve) => (goOn = () => resolve(null))));
  await client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: 'memfs://host/other', name: 'other' }], removed: [] },
  });
  await client.until(() => goOn !== undefined, 'the text is asked for');
  const told: unknown[] = [];
  client.connection.onNotification('textDocument/publishDiagnostics', (params) => void told.push(params));
  await client.open('untitled:b', asText(notAccepted) as string);
  await client.until(() => told.length > 0, 'the new document is told of');
  // whatever follows from that is told before this is answered
  goOn!();
  await client.request('workspace/symbol', { query: '' });
  expect(told).not.toContainEqual(expect.objectContaining({ uri, diagnostics: [] }));
});

test('texts of the catalogue are asked for, and none from outside', async () => {
  const texts = [
    { language: 'en', file: 'texts/en.txt' },
    { language: 'de', file: '../secret.txt' },
  ];
  await start({
    'kea-policy.config.json': { ...config, statements: [{ version: '2023-10', texts }] },
    'a.kea-policy.json': policy(),
    'texts/en.txt': 'The text.',
  });
  const uri = `${top}/a.kea-policy.json`;
  const text = await client.request('keaPolicy/statementText', { uri, language: 'en' });
  expect(text).toMatchObject({ text: 'The text.' });
  const asked = client.received
    .filter(({ method }) => method === 'keaPolicy/read')
    .map(({ params }) => JSON.stringify(params));
  expect(asked.join()).not.toContain('secret');
  const found = (await client.pullWorkspace()).get(`${top}/kea-policy.config.json`);
  expect(codes(found.items)).toEqual(['config-text-missing']);
});
