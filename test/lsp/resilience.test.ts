import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { Client, codes, folderWith, pulling, pushing, remove, serverPath, uriOf, asText } from './client';
import { config, policy } from './documents';

const clients: Client[] = [];
const folders: string[] = [];
const name = 'a.kea-policy.json';

async function start(
  options: Parameters<typeof Client.start>[0] = {},
): Promise<{ client: Client; uri: string }> {
  const folder = folderWith({ 'kea-policy.config.json': config, [name]: policy() });
  folders.push(folder);
  const client = await Client.start({ folders: [folder], ...options });
  clients.push(client);
  const uri = uriOf(folder, name);
  await client.open(uri, asText(policy()) as string);
  return { client, uri };
}

afterEach(async () => {
  for (const client of clients.splice(0)) {
    if (client.process.exitCode === null && client.process.signalCode === null) await client.stop();
    expect(client.faults).toEqual([]);
  }
  for (const folder of folders.splice(0)) remove(folder);
});

const wrong = (asText(policy()) as string).replace('"enforce"', '"enforced"');

describe('requests', () => {
  test('a cancelled one is not answered, and the next one is', async () => {
    const { client, uri } = await start();
    const source = new CancellationTokenSource();
    let answer: Promise<unknown> | undefined;
    await client.inOnePiece(() => {
      const params = { textDocument: { uri } };
      answer = client.connection.sendRequest('textDocument/diagnostic', params, source.token);
      answer.catch(() => {});
      source.cancel();
    });
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(await client.pull(uri)).toEqual([]);
  });

  test('an answer for an old version is discarded', async () => {
    const { client, uri } = await start();
    const asked = async (method: string, text: string): Promise<unknown> => {
      let answer: Promise<unknown> | undefined;
      await client.inOnePiece(() => {
        const params = { textDocument: { uri }, position: { line: 1, character: 4 } };
        answer = client.connection.sendRequest(method, params);
        answer.catch(() => {});
        void client.change(uri, [{ text }]);
      });
      return answer;
    };
    await expect(asked('textDocument/hover', `${wrong} `)).rejects.toMatchObject({ code: -32801 });
    // A client that is answered with an empty list would show that nothing is found.
    const pulled = asked('textDocument/diagnostic', wrong);
    await expect(pulled).rejects.toMatchObject({ code: -32802, data: { retriggerRequest: true } });
    expect(codes(await client.pull(uri))).toEqual(['invalid-value']);
  });

  test('a flood of edits is answered once it ends', async () => {
    const { client, uri } = await start();
    const text = asText(policy()) as string;
    for (let i = 0; i < 500; i++) {
      void client.change(uri, [
        { range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }, text: ' ' },
      ]);
    }
    await client.change(uri, [{ text }]);
    expect(await client.pull(uri)).toEqual([]);
  });

  test('what makes no sense is answered with nothing, and the server goes on', async () => {
    const { client, uri } = await start();
    const odd: [string, unknown][] = [
      ['textDocument/hover', {}],
      ['textDocument/hover', { textDocument: { uri: 'no uri' }, position: { line: -1, character: 1e9 } }],
      [
        'textDocument/hover',
        { textDocument: { uri: 'file:///%FF%FE.kea-policy.json' }, position: { line: 0, character: 0 } },
      ],
      ['textDocument/codeAction', { textDocument: { uri }, range: {}, context: {} }],
      [
        'textDocument/completion',
        { textDocument: { uri: 'file:///nowhere/x.kea-policy.json' }, position: { line: 0, character: 0 } },
      ],
      ['workspace/executeCommand', { command: 'keaPolicy.server.accept', arguments: [1, {}] }],
      ['workspace/executeCommand', { command: 'keaPolicy.server.openPlace', arguments: [] }],
      ['keaPolicy/edit', { uri, action: { do: 'nothing' } }],
      ['keaPolicy/edit', { uri: 'file:///nowhere/x.kea-policy.json', action: { do: 'enable' } }],
      ['keaPolicy/rows', {}],
      ['keaPolicy/plan', { uri }],
      ['textDocument/selectionRange', { textDocument: { uri }, positions: [{ line: 1e6, character: 0 }] }],
    ];
    for (const [method, params] of odd) await client.connection.sendRequest(method, params).catch(() => {});
    await expect(client.connection.sendRequest('no/method', {})).rejects.toMatchObject({ code: -32601 });
    await client.notify('textDocument/didChange', {
      textDocument: { uri: 'file:///unknown', version: 2 },
      contentChanges: [],
    });
    await client.notify('textDocument/didClose', { textDocument: { uri: 'file:///unknown' } });
    await client.notify('workspace/didChangeConfiguration', { settings: 'none' });
    expect(await client.pull(uri)).toEqual([]);
  });
});

test('a client that refuses what it said it could does not end the server', async () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  const refreshes = [
    'workspace/diagnostic/refresh',
    'workspace/codeLens/refresh',
    'workspace/inlayHint/refresh',
  ];
  const refused = [...refreshes, 'client/registerCapability'];
  const { client, uri } = await start({
    capabilities: {
      ...pulling,
      workspace: {
        ...pulling.workspace,
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
      },
    },
    settings: { inlayHints: { enabled: true } },
    answers: Object.fromEntries(refused.map((method) => [method, refuse])),
  });
  const log = (): string =>
    JSON.stringify(client.received.filter(({ method }) => method === 'window/logMessage'));
  await client.until(
    () => refused.every((method) => log().includes(`Request ${method} failed with message: refused`)),
    'what was refused is logged',
  );
  expect(await client.pull(uri)).toEqual([]);
});

describe('any text', () => {
  const texts: [string, string][] = [
    ['deep', '['.repeat(200_000)],
    ['deep objects', '{"a":'.repeat(100_000)],
    ['large', `{"a":"${'x'.repeat(1_100_000)}"}`],
    ['many members', `{${Array.from({ length: 20_000 }, (_, i) => `"m${i % 50}":${i}`).join(',')}}`],
    ['no JSON', '\u0000\ud800 "\\u12" /* */ // \u2028'],
    ['nothing', ''],
  ];
  for (const [what, text] of texts) {
    test(`${what} is taken`, async () => {
      const { client, uri } = await start();
      await client.change(uri, [{ text }]);
      expect((await client.pull(uri)).length).toBeGreaterThan(0);
      const textDocument = { uri };
      const position = { line: 0, character: 1 };
      await client.request('textDocument/hover', { textDocument, position });
      await client.request('textDocument/completion', { textDocument, position });
      await client.request('textDocument/documentSymbol', { textDocument });
      await client.request('textDocument/foldingRange', { textDocument });
      await client.request('textDocument/selectionRange', { textDocument, positions: [position] });
      await client.request('textDocument/formatting', {
        textDocument,
        options: { tabSize: 2, insertSpaces: true },
      });
      await client.request('textDocument/codeAction', {
        textDocument,
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
      await client.change(uri, [{ text: asText(policy()) }]);
      expect(await client.pull(uri)).toEqual([]);
    });
  }
});

describe('the end', () => {
  test('in the orderly way is 0, over stdio and over IPC', async () => {
    for (const transport of ['stdio', 'ipc'] as const) {
      const { client } = await start({ transport });
      expect(await client.stop()).toBe(0);
    }
  });

  test('comes when the client closes the stream, also in the middle of a request', async () => {
    const { client, uri } = await start();
    const asked = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    asked.catch(() => {});
    void client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }).catch(() => {});
    const ended = client.exited();
    client.process.stdin!.end();
    expect(await ended).toBe(1);
  });

  test('comes when the process of the client is gone', async () => {
    const short = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { client } = await start({ processId: short.pid! });
    const ended = client.exited();
    short.kill();
    expect(await ended).not.toBeNull();
  });

  test('is not the end for the user: a killed server starts again and answers alike', async () => {
    const { client, uri } = await start({ capabilities: pushing });
    await client.change(uri, [{ text: wrong }]);
    expect(codes(await client.pushed(uri, (found) => found.length > 0))).toEqual(['invalid-value']);
    client.process.kill('SIGKILL');
    await client.exited();
    const next = await Client.start({ folders, capabilities: pushing });
    clients.push(next);
    await next.open(uri, wrong);
    expect(codes(await next.pushed(uri, (found) => found.length > 0))).toEqual(['invalid-value']);
  });

  test('what is asked before the start, after the end, or to start again is refused, with the reason', async () => {
    const child = spawn(process.execPath, [serverPath, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const logged: unknown[] = [];
    connection.onNotification('window/logMessage', (message) => void logged.push(message));
    connection.listen();
    const textDocument = {
      uri: 'untitled:a',
      languageId: 'kea-policy',
      version: 1,
      text: '{}',
    };
    const hover = () =>
      connection.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 0 } });
    const initialize = () =>
      connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    await expect(hover()).rejects.toMatchObject({ code: -32002 });
    await expect(connection.sendRequest('keaPolicy/tree', {})).rejects.toMatchObject({ code: -32002 });
    await expect(connection.sendRequest('shutdown')).rejects.toMatchObject({ code: -32002 });
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await connection.sendNotification('initialized', {});
    // what fails is no start
    const malformed = { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [null] };
    await expect(connection.sendRequest('initialize', malformed)).rejects.toMatchObject({ code: -32603 });
    await initialize();
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await expect(initialize()).rejects.toMatchObject({ code: -32600 });
    // the document that is open is still there
    await expect(connection.sendRequest('keaPolicy/validate', {})).resolves.toMatchObject({ files: 1 });
    await connection.sendRequest('shutdown');
    await expect(hover()).rejects.toMatchObject({ code: -32600 });
    expect(logged).toEqual([]);
    const ended = new Promise((done) => child.once('exit', done));
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  });

  test('malformed messages do not take the server along', async () => {
    const child = spawn(process.execPath, [serverPath, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const send = (body: string): void =>
      void child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    send('{ this is no JSON');
    send('"nor is this a message"');
    send('{"jsonrpc":"2.0","id":1}');
    send(
      JSON.stringify({
        jsonrpc: '2.0',
        id: 2,
        method: 'initialize',
        params: { processId: null, rootUri: null, capabilities: {} },
      }),
    );
    await new Promise<void>((done) => {
      child.stdout.on('data', () => void (output.includes('"id":2') && done()));
      child.once('exit', () => done());
    });
    child.kill();
    expect(output).toContain('"serverInfo":{"name":"kea-policy"');
  });

  test.each(['Content-Type: x\r\n\r\n{}', 'Content-Length: many\r\n\r\n{}', 'nothing of the kind\r\n\r\n'])(
    'what can’t be told apart into messages ends it with a word: %j',
    async (input) => {
      const child = spawn(process.execPath, [serverPath, '--stdio'], { stdio: ['pipe', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (data) => (said += String(data)));
      const ended = new Promise((done) => child.once('close', done));
      child.stdin.write(input);
      expect(await ended).toBe(1);
      expect(said).toMatch(/^The input is not that of a language client: .+/);
    },
  );
});

test('memory does not grow with every document that was open once', async () => {
  // 4,000 texts of 20 KB are 80 MB: a server that kept them would end for want of memory.
  const command = [process.execPath, '--max-old-space-size=60', serverPath, '--stdio'];
  const { client } = await start({ command });
  const text = (asText(policy()) as string).replace('"Workstations"', `"${'x'.repeat(90)}"`);
  for (let i = 0; i < 4000; i++) {
    const uri = uriOf(folders[0]!, `b${i}.kea-policy.json`);
    await client.open(uri, text + ' '.repeat(20_000));
    if (i % 50 === 0) {
      await client.pull(uri);
      await client.request('textDocument/documentSymbol', { textDocument: { uri } });
    }
    await client.close(uri);
  }
  await client.pullWorkspace();
  expect(client.process.exitCode ?? client.process.signalCode).toBeNull();
});
