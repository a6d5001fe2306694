import { afterEach, expect, test } from 'vitest';
import { asText, Client, codes, pulling } from './client';
import { config, policy, statement } from './documents';

// As in a browser, or in a virtual workspace: the server has no files but those that the client sends.
const top = 'memfs://host/some%20folder';
let client: Client;
let files: Map<string, unknown>;

async function start(contents: Record<string, unknown>, folder = top): Promise<void> {
  files = new Map(Object.entries(contents));
  const base64 = (content: unknown): string => Buffer.from(asText(content)).toString('base64');
  client = await Client.start({
    folders: [],
    initializationOptions: { filesByClient: true, commands: [] },
    capabilities: { ...pulling, workspace: { ...pulling.workspace, workspaceFolders: true } },
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

test('the root of a file system is a folder like others', async () => {
  await start({ 'kea-policy.config.json': config, 'a/x.kea-policy.json': notAccepted }, 'memfs://host/');
  const uri = 'memfs://host/a/x.kea-policy.json';
  expect([...(await client.pullWorkspace()).keys()]).toEqual([uri]);
  await client.open(uri, asText(notAccepted) as string);
  expect(codes(await client.pull(uri))).toEqual(['ksn-acceptance-required']);
  const action = { do: 'disable' };
  expect(await client.request('keaPolicy/edit', { uri, action })).toMatchObject({ ok: true });
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
