import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { places } from './build.mjs';
import { peakMemory, race, ratios } from './measure.mjs';

const node = process.execPath;
const folderOfCorpora = join(tmpdir(), 'kea-policy-bench');

/**
 * The command line part of the bench, as a list of tables. `yardstick` names the contender that all ratios are
 * to, `goals` what is owed and aimed at for which contender.
 * @returns {{name: string, large?: boolean, run(options: {rounds: number}): object}[]}
 */
export const tables = [
  {
    name: 'cold',
    title: '`validate` one file, cold',
    yardstick: 'node -e 0',
    goals: { 'kea-policy': [1.15, 1.07] },
    run({ rounds, peers }) {
      const folder = corpus('one', { files: 1 });
      const file = join(folder, 'policy.kea-policy.json');
      return race(
        [
          { name: 'node -e 0', command: [node, '-e', '0'] },
          {
            name: 'kea-policy',
            command: [node, places.bin, 'validate', file],
            cwd: folder,
            check: exitsWith(0),
          },
          ...(peers
            ? [
                { name: 'ajv-cli', command: ajvCli(file), check: exitsWith(0) },
                { name: 'sourcemeta --fast', command: sourcemeta(file), check: exitsWith(0) },
              ]
            : []),
        ],
        rounds * 3,
      );
    },
  },
  ofSize('1,000 files', 1_000, [1.2, 1.1]),
  ofSize('10,000 files', 10_000, [1.2, 0.95]),
  { ...ofSize('100,000 files', 100_000, [0.85, 0.65]), large: true },
  {
    name: 'memory',
    large: true,
    title: 'memory at 100,000 files',
    yardstick: 'B',
    goals: { 'kea-policy': [2.0, 1.2] },
    run() {
      const made = corpusOf(100_000);
      return [b(made), product(made)].map((contender) => ({
        name: contender.name,
        ...peakMemory(contender),
      }));
    },
  },
  {
    name: 'among others',
    title: '1,000 policies among 100,000 other files',
    yardstick: 'B',
    goals: { 'kea-policy': [1.2, 1.0] },
    run({ rounds }) {
      const made = corpusOf(1_000, 100_000);
      mkdirSync(join(made.folder, '.git'), { recursive: true });
      writeFileSync(join(made.folder, '.gitignore'), 'node_modules/\ndist/\n*.log\n/coverage\n');
      return race([b(made), product(made)], rounds);
    },
  },
  {
    name: 'cache',
    title: '10,000 files, unchanged, with `--cache`',
    yardstick: 'kea-policy without',
    goals: { 'kea-policy --cache': [0.5, 0.35] },
    run({ rounds }) {
      const made = corpusOf(10_000);
      const cache = join(folderOfCorpora, 'cache');
      rmSync(cache, { force: true });
      return race(
        [
          { ...product(made), name: 'kea-policy without' },
          { ...product(made, ['--cache', cache]), name: 'kea-policy --cache' },
        ],
        rounds,
      );
    },
  },
];

/** Removes the corpora, some of which are large. */
export function clean() {
  rmSync(folderOfCorpora, { recursive: true, force: true });
}

/** Runs one table. Returns its rows as ratios, the goals beside them. */
export function runTable(table, options) {
  const rows = ratios(table.run(options), table.yardstick);
  return rows.map((row) => {
    const [must, aim] = table.goals[row.name] ?? [];
    return { ...row, ...(must !== undefined && { must, aim, met: row.ratio <= must }) };
  });
}

function ofSize(name, files, goal) {
  return {
    name,
    title: `\`validate\` ${name} of 1.4 KB`,
    yardstick: 'B',
    goals: { 'kea-policy': goal },
    run({ rounds, peers }) {
      const made = corpusOf(files);
      const contenders = [
        b(made),
        ...['list', 'stat', 'read', 'parse'].map((mode) => ({
          name: { list: 'list', stat: 'list + stat', read: 'read', parse: 'read + parse' }[mode],
          command: [node, places.yardstick, mode, made.folder],
        })),
        { ...b(made), name: 'B on 2 threads', command: [...b(made).command, '2'] },
        product(made),
      ];
      const other = [
        {
          name: 'ajv-cli',
          command: ajvCli(`${made.folder}/**/*.kea-policy.json`),
          check: failsIfAny(made),
        },
        { name: 'sourcemeta --fast', command: sourcemeta(made.folder), check: countsFailed(made) },
        {
          name: 'JSON language service',
          command: [node, places.jsonService, places.peers, places.schema, made.folder],
          // It knows of members that are named twice, too.
          check: countsShape(made, made.twice.length),
        },
      ];
      return race([...contenders, ...(peers ? other : [])], rounds);
    },
  };
}

const corpora = new Map();

function corpusOf(files, others = 0) {
  const key = `${files}-${others}`;
  if (!corpora.has(key)) {
    const folder = join(folderOfCorpora, key);
    rmSync(folder, { recursive: true, force: true });
    corpora.set(key, { folder, ...makeCorpus({ folder, files, others }) });
  }
  return corpora.get(key);
}

function corpus(name, wanted) {
  const folder = join(folderOfCorpora, name);
  makeCorpus({ folder, ...wanted });
  return folder;
}

const b = (made) => ({
  name: 'B',
  command: [node, places.yardstick, 'validate', made.folder],
  check: countsShape(made),
});

const product = (made, options = []) => ({
  name: 'kea-policy',
  command: [node, places.bin, 'validate', '--format', 'json', ...options],
  cwd: made.folder,
  check: findsExactly(made),
});

const ajvCli = (files) => [
  ...[node, places.ajvCli, 'validate', '--spec=draft7', '-c', `${places.peers}/node_modules/ajv-formats`],
  ...['--strict=false', '-s', places.schema, '-d', files],
];

const sourcemeta = (path) => [
  ...[node, places.sourcemeta, 'validate', places.schema, path],
  ...['--extension', '.kea-policy.json', '--fast', '--continue'],
];

// What each must have found; a fast answer that is wrong counts for nothing.

const exitsWith = (wanted) => (_stdout, status) => (status === wanted ? undefined : `ended with ${status}`);

const findsExactly = (made) => (stdout) => {
  const { summary, findings } = JSON.parse(stdout);
  if (summary.files !== made.files + 1)
    return `${summary.files} files instead of ${made.files} and the config`;
  const found = [...new Set(findings.map(({ path }) => path))].sort();
  const missed = made.wrong.filter((path) => !found.includes(path));
  const invented = found.filter((path) => !made.wrong.includes(path));
  return missed.length + invented.length
    ? `missed ${missed.slice(0, 3)}, invented ${invented.slice(0, 3)}`
    : undefined;
};

const countsShape =
  (made, more = 0) =>
  (stdout) => {
    const { files, wrong } = JSON.parse(stdout);
    return files === made.files && wrong === made.shape.length + more
      ? undefined
      : `${wrong} of ${files} files wrong`;
  };

// It leaves before a pipe has taken all of its output, so that only its exit code can be relied on.
const failsIfAny = (made) => (_stdout, status) =>
  status === (made.shape.length > 0 ? 1 : 0) ? undefined : `ended with ${status}`;

const countsFailed = (made) => (_stdout, _status, stderr) => {
  const failed = Number(/(\d+) failed/.exec(stderr)?.[1]);
  return failed === made.shape.length ? undefined : `${failed} files failed`;
};
