// Writes what is derived from the rules: docs/rules/, the README's table, the rules in the config's schema; and
// docs/members.md from the schemas.
// Run it after a rule has changed (`npm run docs`); test/rules/docs.test.ts says when that was forgotten.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';
import { memberPage } from './schemas/page.mjs';

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

/** The rules and their documentation, from the sources. */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { rules } from './rules'; export { documentationFiles } from './rules/documentation';`,
      resolveDir: new URL('server/src', root).pathname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const { rules, documentationFiles } = await load();
const layout = await resolveConfig(new URL('README.md', root));
const files = documentationFiles(rules, {
  readme: read('README.md'),
  configSchema: read('schemas/config.schema.json'),
});
const parsed = (name) =>
  JSON.parse(files.get(`schemas/${name}.schema.json`) ?? read(`schemas/${name}.schema.json`));
const all = new Map([
  ...files,
  ['docs/members.md', memberPage({ policy: parsed('policy'), config: parsed('config') })],
]);
mkdirSync(new URL('docs/rules/', root), { recursive: true });
for (const name of readdirSync(new URL('docs/rules/', root))) {
  if (!files.has(`docs/rules/${name}`)) rmSync(new URL(`docs/rules/${name}`, root));
}
for (const [path, text] of all) {
  writeFileSync(new URL(path, root), await format(text, { ...layout, filepath: path }));
}
console.log(`${all.size} files written from ${rules.length} rules`);
