// npm run bench: measures the product beside what a user would take instead, as ratios in one run.
//   --only NAME      one table only; several times (names: --list)
//   --large          also what needs 100,000 files
//   --rounds N       how often each is run (5)
//   --no-peers       only the baselines, nothing is installed
//   --json FILE      keeps the numbers
//   --keep           leaves the corpora where they are
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, installPeers } from './build.mjs';
import * as cli from './cli.mjs';
import * as editor from './editor.mjs';
import * as insight from './insight.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    large: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: true },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

// A part measures one face: its tables, how to run one, and what to clean up.
const parts = [cli, editor, insight];
const all = parts.flatMap((part) => part.tables.map((table) => ({ part, table })));

if (options.list) {
  for (const { table } of all) console.log(`${table.name}${table.large ? ' (--large)' : ''}`);
} else await bench();

async function bench() {
  const unknown = options.only.filter((name) => !all.some(({ table }) => table.name === name));
  if (unknown.length) throw new Error(`no such table: ${unknown.join()} (--list shows them)`);
  if (options.peers) installPeers();
  await build();
  const wanted = all.filter(({ table }) =>
    options.only.length ? options.only.includes(table.name) : options.large || !table.large,
  );
  const results = [];
  try {
    for (const { part, table } of wanted) {
      const rows = await part.runTable(table, { rounds: Number(options.rounds), peers: options.peers });
      results.push({ name: table.name, title: table.title, yardstick: table.yardstick, rows });
      print(table, rows);
    }
  } finally {
    if (!options.keep) for (const part of parts) part.clean();
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
}

function print({ title, yardstick }, rows) {
  console.log(`\n${title}, over ${yardstick}`);
  for (const { name, ratio, least, most, must, aim, met } of rows) {
    const goal = must === undefined ? '' : `   must ${must}, aim ${aim}: ${met ? 'met' : 'NOT MET'}`;
    console.log(
      `  ${name.padEnd(24)} ${ratio.toFixed(2)}  (${least.toFixed(2)} to ${most.toFixed(2)})${goal}`,
    );
  }
}
