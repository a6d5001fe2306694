import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { places } from './build.mjs';
import { makeCorpus } from './corpus.mjs';
import { race, ratios } from './measure.mjs';

const node = process.execPath;
// Two runs at a time do not take each other's repository away.
const folder = join(tmpdir(), `kea-policy-bench-insight-${process.pid}`);
const files = 10_000;
/** How many devices are other in the working tree than in the commit that `diff` compares with. */
const others = 100;

const goals = {
  effective: [1.5, 1.5],
  'effective --format json': [1.5, 1.5],
  report: [1.5, 1.5],
  'report --format html': [1.5, 1.5],
  'report --format json': [1.5, 1.5],
  diff: [1.5, 1.5],
  'diff HEAD~1 HEAD': [1.5, 1.5],
  plan: [2, 2],
};

/** What the questions about an estate cost, over judging it. */
export const tables = [
  {
    name: 'insight',
    title: `insight, ${files.toLocaleString('en')} documents`,
    yardstick: 'validate',
    goals,
    run({ rounds }) {
      makeRepository();
      return race(
        [
          contender(
            'validate',
            ['validate', '--format', 'json'],
            (out) => JSON.parse(out).summary.files === files + 1,
          ),
          contender('effective', ['effective'], (out) => out.split('\nWhy\n').length === files + 1),
          contender(
            'effective --format json',
            ['effective', '--format', 'json'],
            (out) => JSON.parse(out).projects[0].documents.length === files,
          ),
          contender('report', ['report'], (out) => out.includes('The estate at a glance')),
          contender('report --format html', ['report', '--format', 'html'], (out) =>
            out.endsWith('</html>\n'),
          ),
          contender('report --format json', ['report', '--format', 'json'], (out) => {
            const { policies, devices, inactive } = JSON.parse(out).projects[0];
            const counts = [...Object.values(policies), ...Object.values(devices), inactive];
            return counts.reduce((sum, count) => sum + count, 0) === files;
          }),
          contender('diff', ['diff', '--format', 'json'], changed),
          contender('diff HEAD~1 HEAD', ['diff', '--format', 'json', 'HEAD~1', 'HEAD'], changed),
          contender(
            'plan',
            ['plan', '--plugin', '4.1=Next', '--agent', '4.1=Next', '--format', 'json'],
            (out) => JSON.parse(out).projects[0].due.length > files / 2,
          ),
        ],
        rounds,
      );
    },
  },
];

export function clean() {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs one table. Returns its rows as ratios, the goals beside them. */
export function runTable(table, options) {
  return ratios(table.run(options), table.yardstick).map((row) => {
    const [must, aim] = table.goals[row.name] ?? [];
    return { ...row, ...(must !== undefined && { must, aim, met: row.ratio <= must }) };
  });
}

const contender = (name, args, isRight) => ({
  name,
  command: [node, places.bin, ...args],
  cwd: folder,
  check: (stdout) => (isRight(stdout) ? undefined : 'another answer than it should have given'),
});

const changed = (stdout) => JSON.parse(stdout).acceptances.length === others;

/** An estate of which a hundred devices were changed in the last commit, and again in the working tree. */
function makeRepository() {
  clean();
  makeCorpus({ folder, files });
  git('init', '--quiet');
  git('config', 'gc.auto', '0');
  commit();
  change('Somebody else');
  commit();
  change('Yet another one');
  // As in a clone, and now: git would else do it behind what is measured.
  git('gc', '--quiet');
}

function change(acceptedBy) {
  for (let site = 1; site <= others; site++) {
    const path = join(folder, `region-${(site % 10) + 1}/site-${site}/host-${site * 20 + 7}.kea-policy.json`);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/"(acceptedBy|reference)": "[^"]*"/, `"acceptedBy": "${acceptedBy}"`));
  }
}

function commit() {
  git('add', '--all');
  git(
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@example.test',
    'commit',
    '--quiet',
    '--message',
    'change',
  );
}

function git(...args) {
  const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
}
