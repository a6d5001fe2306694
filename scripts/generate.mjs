// Runs every generator of scripts/generate/, in the order of their names. A generator exports
// `generate()`, which writes files that git ignores; the build, the type check and the tests need them.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = new URL('generate/', import.meta.url);

/** Makes all generated sources anew. Rejects with the first generator's error. */
export async function generate() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  for (const name of names.sort()) {
    const generator = await import(new URL(name, folder).href);
    await generator.generate();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
