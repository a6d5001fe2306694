import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build as bundle } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const out = `${here}out`;

/** Where what the bench builds, and its peers, are. */
export const places = {
  root,
  bin: `${out}/product/bin/kea-policy.js`,
  schema: `${root}schemas/policy.schema.json`,
  yardstick: `${out}/yardstick.js`,
  jsonService: `${here}json-service.mjs`,
  peers: `${here}peers`,
  ajvCli: `${here}peers/node_modules/ajv-cli/dist/index.js`,
  sourcemeta: `${here}peers/node_modules/@sourcemeta/jsonschema/npm/cli.js`,
};

/** Builds what is measured: the product, and the yardstick with the validator that ajv makes of our schema. */
export async function build() {
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(out, { recursive: true });
  // A copy of its own: whoever builds meanwhile does not change what is measured.
  rmSync(`${out}/product`, { recursive: true, force: true });
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(`${root}server/${part}`, `${out}/product/${part}`, { recursive: true });
  }
  const ajv = new Ajv.default({ code: { source: true, lines: false }, strict: false, allErrors: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(places.schema, 'utf8')));
  writeFileSync(`${out}/validator.js`, standaloneCode.default(ajv, validate));
  writeFileSync(`${out}/yardstick.cjs`, readFileSync(`${here}yardstick.cjs`));
  await bundle({
    entryPoints: [`${out}/yardstick.cjs`],
    outfile: places.yardstick,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}

/** Installs the peers, as their lock file says, unless they are there. */
export function installPeers() {
  if (existsSync(`${places.peers}/node_modules/vscode-langservers-extracted`)) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: places.peers,
    stdio: 'inherit',
  });
}
