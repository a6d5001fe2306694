// Builds everything: generated sources, bundles, licences of what they contain, the npm package's copies.
//   node esbuild.mjs            once
//   node esbuild.mjs --watch    again on every change, with source maps
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { bundles, sides } from './scripts/build/bundles.mjs';
import { codeCaches, named } from './scripts/build/code-cache.mjs';
import { lazy } from './scripts/build/lazy.mjs';
import { notices } from './scripts/build/notices.mjs';
import { completePackage } from './scripts/build/package.mjs';
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
      ...(bundle.slim ? [slim] : bundle.withoutDocs ? [rulesWithoutDocs] : []),
      written(bundle),
    ],
  };
}

const written = ({ slim }) => ({
  name: 'written',
  setup(build) {
    build.onEnd(async ({ outputFiles }) => {
      for (const { path, contents } of outputFiles ?? [])
        await writeMade(path, slim ? named(contents) : contents);
    });
  },
});

/**
 * Builds everything once.
 * @throws Error where a source is missing or faulty; files of an earlier build may then be left
 */
export async function build() {
  process.chdir(root);
  await generate();
  const all = bundles();
  const results = await Promise.all(all.map((bundle) => esbuild.build(options(bundle, all, false))));
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
