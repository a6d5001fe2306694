// Builds everything: generated sources, bundles, licences of what they contain, the npm package's copies.
//   node esbuild.mjs            once
//   node esbuild.mjs --watch    again on every change, with source maps
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { bundles, sides } from './scripts/build/bundles.mjs';
import { codeCaches, isKept, named } from './scripts/build/code-cache.mjs';
import { lazy } from './scripts/build/lazy.mjs';
import { notices } from './scripts/build/notices.mjs';
import { completePackage } from './scripts/build/package.mjs';
import { givingEntry, isStandIn, takesFrom } from './scripts/build/shared.mjs';
import { rulesWithoutDocs, slim } from './scripts/build/slim.mjs';
import { writeMade } from './scripts/build/write.mjs';
import { generate } from './scripts/generate.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const noticesFile = 'THIRD-PARTY-NOTICES.txt';

function options(bundle, all, watch) {
  return {
    ...sides[bundle.side],
    absWorkingDir: root,
    entryPoints: [bundle.from],
    outfile: bundle.to,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: !watch,
    // on the command line names stay, a stack trace in a bug report must be readable; the .vsix has to be small
    minifyIdentifiers: !watch && (bundle.slim || bundle.to.startsWith('dist/')),
    sourcemap: watch ? 'inline' : false,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [
      ...(bundle.side === 'node' ? [lazy(bundle, all)] : []),
      ...(bundle.slim ? [slim(bundle)] : bundle.withoutDocs ? [rulesWithoutDocs] : []),
      written(bundle),
    ],
  };
}

const written = (bundle) => ({
  name: 'written',
  setup(build) {
    build.onEnd(async ({ outputFiles }) => {
      for (const { path, contents } of outputFiles ?? [])
        await writeMade(path, isKept(bundle) ? named(contents) : contents);
    });
  },
});

/** Builds a bundle; one that others take from is made by the one that does, since it has to give what they take. */
async function built(bundle, all) {
  const plain = options(bundle, all, false);
  if (all.some(({ takesFrom }) => takesFrom === bundle.to)) return { metafile: { inputs: {} } };
  if (bundle.takesFrom === undefined) return esbuild.build(plain);
  const other = all.find(({ to }) => to === bundle.takesFrom);
  const giving = options(other, all, false);
  const { metafile } = await esbuild.build({ ...giving, plugins: [] });
  const inputs = new Set(Object.keys(metafile.inputs).map((path) => resolve(path)));
  const taken = new Set();
  const file = `./${relative(dirname(bundle.to), other.to)}`;
  const taker = await esbuild.build({
    ...plain,
    plugins: [takesFrom(file, inputs, taken), ...plain.plugins],
  });
  const { entryPoints, ...rest } = giving;
  const giver = await esbuild.build({ ...rest, stdin: await givingEntry(entryPoints[0], taken) });
  const sources = [taker, giver].flatMap(({ metafile }) => Object.entries(metafile.inputs));
  return { metafile: { inputs: Object.fromEntries(sources.filter(([path]) => !isStandIn(path))) } };
}

/**
 * Builds everything once.
 * @throws Error where a source is missing or faulty; files of an earlier build may then be left
 */
export async function build() {
  process.chdir(root);
  await generate();
  const all = bundles();
  const results = await Promise.all(all.map((bundle) => built(bundle, all)));
  for (const folder of ['dist', 'server/dist']) {
    const inputs = results
      .filter((_, index) => all[index].to.startsWith(`${folder}/`))
      .flatMap(({ metafile }) => Object.keys(metafile.inputs));
    await writeMade(`${folder}/${noticesFile}`, await notices(inputs));
  }
  await codeCaches();
  await completePackage();
}

async function watch() {
  await build();
  const all = bundles();
  for (const bundle of all) await (await esbuild.context(options(bundle, all, true))).watch();
  console.log('Watching server/src and client/src; start again after a change of schemas/.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await (process.argv.includes('--watch') ? watch() : build());
  } catch (error) {
    // what esbuild found is already printed
    if (error.errors === undefined) console.error(`Build failed: ${error.message}`);
    process.exitCode = 1;
  }
}
