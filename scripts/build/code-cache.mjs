import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { writeMade } from './write.mjs';

const policy = (ksn) =>
  `${JSON.stringify({ kind: 'policy', name: 'Example', administrationGroup: 'Managed devices', ksn })}\n`;
const file = 'example.kea-policy.json';
const example = policy({ enforcement: 'enforce', enabled: false });
// Something wrong of every kind of which large estates have some: said in findings, with places and fixes.
const faulty = {
  'faulty/shape.kea-policy.json': policy({ enforcement: 'enforced', enabled: 'true', surplus: 1 }),
  'faulty/rules.kea-policy.json': policy({ enforcement: 'enforce', enabled: true, useKscAsKsnProxy: true }),
  'faulty/text.kea-policy.json': policy({ enabled: false }).replace('}}', ',}}'),
};

/** What is done in one process before the compiled code of the programs and parts that took part is kept. */
const tasks = [
  // a file in order alone: what more is in it, each start has to take in
  { of: ['cli'], runs: [['cli', 'validate', file]] },
  { of: ['lazy/shape-errors'], others: faulty, runs: [['cli', 'validate', '.']] },
  {
    of: ['lazy/insight'],
    others: faulty,
    runs: [
      ['effective'],
      ['effective', '--format', 'json'],
      ['report'],
      ['report', '--format', 'json'],
      ['report', '--format', 'html'],
      ['plan', '--plugin', '4.1=Next'],
      ['diff', '.', 'faulty'],
      ['runbook', file],
    ].map((args) => ['cli', ...args]),
  },
  { of: ['node'], runs: [['node', '--stdio']], talk: firstDiagnostics },
  { of: ['lazy/json'], runs: [['node', '--stdio']], talk: completion },
];

/** Whether the compiled code of a bundle is kept. */
export const isKept = ({ to }) => tasks.some(({ of }) => of.some((name) => to === `server/dist/${name}.js`));

/** The program with a last line that names its content: what was compiled is held against that. */
export function named(contents) {
  const name = createHash('sha256').update(contents).digest('hex');
  return Buffer.concat([contents, Buffer.from(`//${name}\n`)]);
}

/**
 * Keeps what V8 compiles when the command line validates a file or is asked about an estate, and when the language
 * server tells what is found in a file: compiling that anew is half of a start. server/bin takes it where program and
 * Node.js are the ones that it was made with.
 * @throws Error where a program that was built does not run
 */
export async function codeCaches() {
  for (const task of tasks) await codeCache(task);
}

async function codeCache({ of, others = {}, runs, talk }) {
  const caches = await Promise.all(of.map(cacheOf));
  if (caches.every(({ isFresh }) => isFresh)) return;
  // without code: only so that the program is compiled the way that it will be run
  for (const { path, key } of caches) await writeMade(path, key);
  const folder = await mkdtemp(join(tmpdir(), 'kea-policy-'));
  try {
    await writeFile(join(folder, 'kea-policy.config.json'), '{}\n');
    await writeFile(join(folder, file), example);
    await mkdir(join(folder, 'faulty'));
    for (const [path, content] of Object.entries(others)) await writeFile(join(folder, path), content);
    const compiled = join(folder, 'compiled');
    const child = spawn(
      process.execPath,
      [resolve('scripts/build/warm.cjs'), compiled, JSON.stringify(runs)],
      {
        cwd: folder,
      },
    );
    if (!talk) child.stdout.resume();
    const [[status], stderr] = await Promise.all([
      once(child, 'exit'),
      text(child.stderr),
      talk?.(child, folder),
    ]);
    if (status !== 0) throw new Error(`server/dist/${of.join()}.js does not run: ${stderr}`);
    for (const { name, path, key } of caches) {
      await writeMade(path, Buffer.concat([Buffer.from(key), await readFile(join(compiled, name))]));
    }
  } catch (error) {
    for (const { path } of caches) await rm(path, { force: true });
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function cacheOf(name) {
  const path = `server/dist/${name}.code-cache`;
  const source = await readFile(`server/dist/${name}.js`, 'utf8');
  const key = `${/\/\/(\w{64})\n$/.exec(source)[1]} ${process.version} ${process.arch}\n`;
  const before = await readFile(path).catch(() => Buffer.of());
  return { name, path, key, isFresh: before.subarray(0, key.length).toString() === key };
}

/** Has the language server tell what is found in the example, and ends it; what fails shows in its exit code. */
function firstDiagnostics(child, folder) {
  return talking(child, folder, () => {});
}

/** The same, and has it say what can be written there. */
function completion(child, folder) {
  return talking(child, folder, async (connection, textDocument) => {
    const position = { line: 0, character: 2 };
    await connection.sendRequest('textDocument/completion', { textDocument, position });
    await connection.sendRequest('textDocument/foldingRange', { textDocument });
  });
}

async function talking(child, folder, more) {
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest(() => null);
  connection.listen();
  const uri = pathToFileURL(join(folder, file)).href;
  const rootUri = pathToFileURL(folder).href;
  const capabilities = { textDocument: { diagnostic: {} } };
  try {
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities });
    await connection.sendNotification('initialized', {});
    const textDocument = { uri, languageId: 'kea-policy', version: 1, text: example };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    await more(connection, { uri });
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
  } catch {
    child.kill();
  }
}
