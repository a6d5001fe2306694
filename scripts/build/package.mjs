import { readdir, readFile, rm } from 'node:fs/promises';
import { writeMade } from './write.mjs';

const texts = ['README.md', 'LICENSE'];

/** Puts beside the npm package what `npm pack` carries with it and what has its home in the root. */
export async function completePackage() {
  const schemas = (await readdir('schemas')).filter((name) => name.endsWith('.json'));
  const gone = (await readdir('server/schemas').catch(() => [])).filter((name) => !schemas.includes(name));
  await Promise.all([
    ...gone.map((name) => rm(`server/schemas/${name}`)),
    ...schemas.map((name) => copy(`schemas/${name}`, `server/schemas/${name}`)),
    ...texts.map((name) => copy(name, `server/${name}`)),
  ]);
}

async function copy(from, to) {
  await writeMade(to, await readFile(from));
}
