import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { places } from './build.mjs';
import { makeCorpus } from './corpus.mjs';
import { LanguageServer } from './language-server.mjs';

const node = process.execPath;
const folderOfCorpora = join(tmpdir(), 'kea-policy-bench-editor');
const ours = {
  name: 'kea-policy',
  command: [node, join(places.root, 'server/bin/kea-policy-language-server.js'), '--stdio'],
  language: 'kea-policy',
};
const json = {
  name: 'JSON server',
  command: [
    node,
    join(places.peers, 'node_modules/vscode-langservers-extracted/bin/vscode-json-language-server'),
    '--stdio',
  ],
  language: 'json',
  schema: places.schema,
};

/** The editor's part of the bench; each row is the 95th percentile unless its table says otherwise. */
export const tables = [
  keystroke('2 KB', 2_000, 30_000),
  keystroke('100 KB', 100_000, 40),
  keystroke('1 MB', 1_000_000, 12),
  {
    name: 'keystroke in 10,000',
    title: 'keystroke to diagnostics, 2 KB, in an open project of 10,000, p95',
    yardstick: 'alone',
    goals: { 'in 10,000': [2, 1.3] },
    async run({ rounds }) {
      const alone = corpusOf(1);
      const among = corpusOf(10_000);
      const times = await inTurn(
        [
          {
            ...ours,
            name: 'alone',
            folder: alone.folder,
            file: join(alone.folder, 'policy.kea-policy.json'),
          },
          // A policy with devices below it: what it affects is judged behind the answer.
          {
            ...ours,
            name: 'in 10,000',
            folder: among.folder,
            file: join(among.folder, 'region-1/site-10/policy.kea-policy.json'),
          },
        ],
        30 * rounds,
        typing,
      );
      return times.map(p95);
    },
  },
  {
    name: 'root policy',
    title: 'change of the root policy until the last affected of 10,000 documents is told',
    yardstick: 'a second',
    goals: { 'kea-policy': [1, 0.3] },
    async run({ rounds }) {
      const { folder } = corpusOf(10_000);
      const times = [];
      const server = await LanguageServer.start({ ...ours, folder });
      const uri = pathToFileURL(join(folder, 'policy.kea-policy.json')).href;
      const text = readFileSync(join(folder, 'policy.kea-policy.json'), 'utf8');
      await server.open(uri, text, ours.language);
      let previous = await told(server, []);
      const before = previous.length;
      for (let round = 0; round <= rounds; round++) {
        // Off and on again: each device deviates from it, or does not.
        const [from, to] = round % 2 === 0 ? ['true', 'false'] : ['false', 'true'];
        const now = round % 2 === 0 ? text : text.replace('"enabled": true', '"enabled": false');
        const start = performance.now();
        await server.edit(uri, rangeOf(now, `"enabled": ${from}`), `"enabled": ${to}`);
        previous = await told(server, previous);
        const took = performance.now() - start;
        if (round > 0) times.push(took);
        const wanted = round % 2 === 0 ? (count) => count > 9_000 : (count) => count === before;
        if (!wanted(previous.length)) throw new Error(`${previous.length} files are told of`);
      }
      await server.stop();
      return [
        { name: 'a second', times: [1000] },
        { name: ours.name, times },
      ].map(median);
    },
  },
  asked('completion', 'textDocument/completion', (answer) => (answer.items ?? answer).length > 0),
  asked('hover', 'textDocument/hover', (answer) => JSON.stringify(answer.contents).length > 20),
  {
    name: 'first diagnostics',
    title: 'start to first diagnostics, 2 KB, median',
    yardstick: json.name,
    goals: { [ours.name]: [0.6, 0.4] },
    async run({ rounds, peers }) {
      const file = documentOf(2_000);
      const times = contenders(peers).map(({ name }) => ({ name, times: [] }));
      for (let round = 0; round <= 2 * rounds; round++) {
        for (const [i, contender] of contenders(peers).entries()) {
          const start = performance.now();
          const server = await LanguageServer.start(contender);
          await server.open(file.uri, file.text, contender.language);
          await findsTheFault(server, file, contender);
          if (round > 0) times[i].times.push(performance.now() - start);
          await server.stop();
        }
      }
      return times.map(median);
    },
  },
  {
    name: 'memory indexed',
    title: 'memory with 10,000 documents indexed',
    yardstick: '100',
    goals: { '10,000': [3, 2] },
    async run() {
      const measured = [];
      for (const [name, files] of [
        ['100', 100],
        ['10,000', 10_000],
      ]) {
        const { folder } = corpusOf(files);
        const times = [];
        for (let i = 0; i < 3; i++) {
          const server = await LanguageServer.start({ ...ours, folder });
          await told(server, []);
          times.push(server.memory());
          await server.stop();
        }
        measured.push({ name, times });
      }
      return measured.map(median);
    },
  },
];

/** Runs one table. Returns its rows as ratios, the goals beside them. */
export async function runTable(table, options) {
  const rows = await table.run(options);
  const unit = (rows.find(({ name }) => name === table.yardstick) ?? rows[0]).value;
  return rows.map(({ name, value, least, most, runs }) => {
    const [must, aim] = table.goals[name] ?? [];
    const ratio = value / unit;
    const goal = must !== undefined && { must, aim, met: ratio <= must };
    return { name, ratio, least: least / unit, most: most / unit, milliseconds: value, runs, ...goal };
  });
}

export function clean() {
  rmSync(folderOfCorpora, { recursive: true, force: true });
}

const contenders = (peers) => (peers ? [json, ours] : [ours]);

function keystroke(size, bytes, perRound) {
  return {
    name: `keystroke ${size}`,
    title: `keystroke to diagnostics, ${size} policy alone, p95`,
    yardstick: json.name,
    goals: { [ours.name]: [0.7, 0.4] },
    async run({ rounds, peers }) {
      const file = documentOf(bytes);
      const all = contenders(peers).map((contender) => ({ ...contender, document: file }));
      return (await inTurn(all, Math.ceil((perRound * rounds) / 5), typing)).map(p95);
    },
  };
}

function asked(name, method, isAnswer) {
  return {
    name,
    title: `${name}, 2 KB, p95`,
    yardstick: json.name,
    goals: { [ours.name]: [1.0, 0.5] },
    async run({ rounds, peers }) {
      const file = documentOf(2_000);
      const all = contenders(peers).map((contender) => ({ ...contender, document: file }));
      const position = placeOf(
        file.text,
        file.text.indexOf(name === 'hover' ? '"useKscAsKsnProxy"' : '"ksn"') + 3,
      );
      const run = async (server, { uri }) => {
        // As while typing: no answer of before can be given again.
        await server.edit(uri, { start: position, end: position }, '');
        const start = performance.now();
        const answer = await server.ask(method, { textDocument: { uri }, position });
        const took = performance.now() - start;
        if (!isAnswer(answer)) throw new Error(`${name} has no answer`);
        return took;
      };
      // Of few, the slowest twentieth are whatever the machine did at that moment.
      return (await inTurn(all, 1000 * rounds, run)).map(p95);
    },
  };
}

/**
 * Runs all servers in turn, step by step, so that what slows the machine down slows all of them down. Every other step
 * goes the other way round: what a server still does behind its answer hits itself as often as the others.
 */
async function inTurn(all, steps, run) {
  const started = [];
  for (const contender of all) {
    const server = await LanguageServer.start(contender);
    const document = contender.document ?? {
      uri: pathToFileURL(contender.file).href,
      text: readFileSync(contender.file, 'utf8'),
    };
    await server.open(document.uri, document.text, contender.language);
    if (contender.document) await findsTheFault(server, document, contender);
    else await told(server, []);
    started.push({ name: contender.name, server, document, times: [] });
  }
  const warm = Math.ceil(steps / 5);
  for (let step = -warm; step < steps; step++) {
    for (const { server, document, times } of step % 2 === 0 ? started : started.toReversed()) {
      const took = await run(server, document, step + warm);
      if (step >= 0) times.push(took);
    }
  }
  for (const { server } of started) await server.stop();
  return started;
}

/** A letter typed into the name, two times, then taken away again. */
async function typing(server, { uri, text }, step) {
  const at = placeOf(text, text.indexOf('"name": "') + '"name": "'.length);
  const typed = { line: at.line, character: at.character + 1 };
  const start = performance.now();
  if (step % 4 < 2) await server.edit(uri, { start: at, end: at }, 'x');
  else await server.edit(uri, { start: at, end: typed }, '');
  await server.pull(uri);
  return performance.now() - start;
}

/** Pulls what is found in all files, as a client does that keeps what it was told. */
async function told(server, previous) {
  const { items } = await server.ask('workspace/diagnostic', { previousResultIds: previous });
  const known = new Map(previous.map((each) => [each.uri, each]));
  for (const item of items) {
    if (item.kind === 'full' && item.items.length === 0) known.delete(item.uri);
    else known.set(item.uri, { uri: item.uri, value: item.resultId });
  }
  return [...known.values()];
}

async function findsTheFault(server, { uri, text }, { name }) {
  const line = placeOf(text, text.indexOf('"enabled"')).line;
  for (let i = 0; i < 200; i++) {
    const items = await server.pull(uri);
    if (items.some(({ range }) => range.start.line === line)) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`${name} does not find that "enabled" is no boolean`);
}

/** A policy of about that size, with one fault that both servers find. */
function documentOf(bytes) {
  const regions = ['DE', 'FR', 'PL', 'ES', 'IT', 'AT'];
  const value = {
    kind: 'policy',
    name: 'Workstations',
    description: 'as agreed '.repeat(Math.min(40, bytes / 50)),
    administrationGroup: 'Managed devices',
    regions: Array.from({ length: Math.max(3, Math.floor((bytes - 1500) / 10)) }, (_, i) => regions[i % 6]),
    ksn: {
      enforcement: 'enforce',
      enabled: 'true',
      useKscAsKsnProxy: false,
      statement: { version: '1', accepted: false },
    },
  };
  const folder = join(folderOfCorpora, `document-${bytes}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'policy.kea-policy.json');
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  writeFileSync(file, text);
  return { uri: pathToFileURL(file).href, text };
}

const corpora = new Map();

function corpusOf(files) {
  if (!corpora.has(files)) {
    const folder = join(folderOfCorpora, String(files));
    rmSync(folder, { recursive: true, force: true });
    corpora.set(files, { folder, ...makeCorpus({ folder, files, bytes: files === 1 ? 2000 : 1400 }) });
  }
  return corpora.get(files);
}

function placeOf(text, offset) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1).length };
}

const rangeOf = (text, part) => {
  const offset = text.indexOf(part);
  return { start: placeOf(text, offset), end: placeOf(text, offset + part.length) };
};

const at = (times, share) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const row = (name, times, value) => ({
  name,
  value,
  least: at(times, 0),
  most: at(times, 1),
  runs: times.length,
});
const p95 = ({ name, times }) => row(name, times, at(times, 0.95));
const median = ({ name, times }) => row(name, times, at(times, 0.5));
