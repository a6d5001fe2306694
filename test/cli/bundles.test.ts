import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import vm from 'node:vm';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { bundles } from '../../scripts/build/bundles.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'kea-policy-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
};

/** The answer of a language server on standard input and output to the first request of all. */
function answerOf(args: readonly string[]): Promise<{ result?: { capabilities?: object } }> {
  const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  void new StreamMessageWriter(server.stdin).write(initialize);
  return new Promise((done, fail) => {
    new StreamMessageReader(server.stdout).listen((message) => {
      if (!('id' in message) || message.id !== initialize.id) return;
      server.kill();
      done(message as { result?: { capabilities?: object } });
    });
    server.once('exit', () => fail(new Error('ended without an answer')));
  });
}

/** Anything at all: has every member, can be called and constructed. */
function anything(): unknown {
  return new Proxy(class {}, {
    get: (target, name) =>
      name in target ? Reflect.get(target, name) : typeof name === 'string' && anything(),
    apply: anything,
    set: () => true,
  });
}

describe('every bundle starts', () => {
  test('the table and the folders agree', () => {
    for (const { to } of bundles()) expect(existsSync(to), to).toBe(true);
  });

  test('server/dist/cli.js', () => {
    const output = execFileSync(process.execPath, ['server/bin/kea-policy.js', '--version'], {
      encoding: 'utf8',
    });
    const { version } = JSON.parse(readFileSync('server/package.json', 'utf8')) as { version: string };
    expect(output).toContain(version);
  });

  const lazy = bundles().filter(({ to }) => to.includes('dist/lazy/'));
  const isWorker = ({ from }: { from: string }) => readFileSync(from, 'utf8').includes('workerData');

  test.each(lazy.filter((bundle) => !isWorker(bundle)))('$to', ({ to }) => {
    const exported = createRequire(import.meta.url)(resolve(to)) as object;
    expect(Object.keys(exported)).not.toEqual([]);
  });

  test.each(lazy.filter(isWorker))('$to, in worker threads', () => {
    const validate = (jobs: string) =>
      spawnSync(
        process.execPath,
        ['server/bin/kea-policy.js', 'validate', 'examples/estate', '--jobs', jobs],
        {
          encoding: 'utf8',
        },
      );
    expect(validate('2')).toMatchObject({ status: 1, stderr: '', stdout: validate('1').stdout });
  });

  test.each([
    ['server/bin/kea-policy-language-server.js'],
    ['server/bin/kea-policy.js', 'language-server'],
    ['dist/server.js'],
  ])('%s %s', async (...args) => {
    const { result } = await answerOf([...args.filter((arg) => arg !== undefined), '--stdio']);
    expect(result?.capabilities).toHaveProperty('textDocumentSync');
  });

  test.each([['dist/extension.js'], ['dist/extension.web.js']])('%s', (file) => {
    const onNode = file === 'dist/extension.js';
    const required: string[] = [];
    const context = vm.createContext({ console, setTimeout, clearTimeout, TextDecoder, TextEncoder, URL });
    const load = (name: string): unknown => {
      required.push(name);
      if (name === 'vscode') return anything();
      if (onNode)
        return name.startsWith('./') ? run(join('dist', name)) : createRequire(import.meta.url)(name);
      throw new Error(`there is no ${name} in a browser`);
    };
    const loaded = new Map<string, { exports: object }>();
    const run = (path: string): object => {
      const known = loaded.get(path);
      if (known) return known.exports;
      const module = { exports: {} };
      loaded.set(path, module);
      const wrapped = `(function (require, module, exports${onNode ? ', process, Buffer' : ''}) {${readFileSync(path, 'utf8')}\n})`;
      const call = vm.runInContext(wrapped, context) as (...args: unknown[]) => void;
      call(load, module, module.exports, process, Buffer);
      return module.exports;
    };
    expect(run(file)).toHaveProperty('activate', expect.any(Function));
    expect(required).toContain('vscode');
  });

  test('dist/server.web.js, as a worker without anything of Node.js', async () => {
    const answers: unknown[] = [];
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const scope = {
      console,
      setTimeout,
      clearTimeout,
      TextDecoder,
      TextEncoder,
      URL,
      MessageChannel,
      postMessage: (message: unknown) => answers.push(message),
      addEventListener: (_: string, listener: (event: { data: unknown }) => void) => listeners.push(listener),
      set onmessage(listener: (event: { data: unknown }) => void) {
        listeners.push(listener);
      },
    };
    const context = vm.createContext(scope);
    vm.runInContext('globalThis.self = globalThis;', context);
    vm.runInContext(readFileSync('dist/server.web.js', 'utf8'), context);
    for (const listener of listeners) listener({ data: initialize });
    await vi.waitFor(() => expect(answers).toMatchObject([{ id: 1, result: { capabilities: {} } }]), 60_000);
  });
});

describe('launchers', () => {
  test.each(['kea-policy', 'kea-policy-language-server'])(
    '%s can be run, and says what to do unbuilt',
    (name) => {
      expect(statSync(`server/bin/${name}.js`).mode & 0o100).toBe(0o100);
      cpSync('server/bin', join(temporary, 'bin'), { recursive: true });
      const { status, stderr, stdout } = spawnSync(process.execPath, [join(temporary, 'bin', `${name}.js`)], {
        encoding: 'utf8',
      });
      expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
        status: 70,
        stdout: '',
        lines: 1,
      });
      expect(stderr).toContain('npm run build');
    },
  );
});

describe('kea-policy-language-server as nobody but a person starts it', () => {
  const started = (...args: string[]) =>
    spawnSync(process.execPath, ['server/bin/kea-policy-language-server.js', ...args], {
      encoding: 'utf8',
      input: '',
    });

  test.each([[[]], [['--stdoi']], [['--socket', 'abc']], [['--socket=x']], [['--pipe=']]])(
    '%j: says in one line what it needs',
    (args) => {
      expect(started(...args)).toMatchObject({
        status: 2,
        stdout: '',
        stderr:
          'kea-policy: language-server needs to know how to talk to its client: --stdio, or as --help says\n',
      });
    },
  );

  test('--help and --version', () => {
    expect(started('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(started('--help').stdout).toContain('Usage: kea-policy language-server --stdio');
    expect(started('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('notices', () => {
  test.each(['dist', 'server/dist'])('%s names the licence of every bundled package', (folder) => {
    const text = readFileSync(`${folder}/THIRD-PARTY-NOTICES.txt`, 'utf8');
    const licences = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \((.+)\)$/gm)].map(([, name, licence]) => [
      name,
      licence,
    ]);
    expect(licences.map(([name]) => name)).toContain('jsonc-parser');
    for (const [name, licence] of licences)
      expect(licence, name).toMatch(/^(MIT|ISC|BSD-[23]-Clause|BlueOak-1\.0\.0)$/);
  });

  test('no bundle carries a source map or a file of its own beside it', () => {
    const files = readdirSync('dist', { recursive: true }).map(String);
    expect(files.filter((name) => !/^lazy$|\.(js|txt)$/.test(name))).toEqual([]);
  });
});
