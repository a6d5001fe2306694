import { readdir, readFile } from 'node:fs/promises';

/**
 * The licences of every package that is part of a bundle, as one text, in the order of their names.
 * @param {Iterable<string>} inputs paths of the sources that went into the bundles, relative to the root
 * @throws Error where a bundled package carries no licence
 */
export async function notices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const parts = await Promise.all([...folders].sort().map(notice));
  const intro = 'This software contains the following packages, each under its own licence.\n';
  return [intro, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (license === undefined && file === undefined) throw new Error(`${name} says nothing about its licence`);
  const text = file === undefined ? '' : `\n${(await readFile(`${folder}/${file}`, 'utf8')).trim()}\n`;
  return `${name} ${version} (${license ?? 'see below'})\n${text}`;
}
