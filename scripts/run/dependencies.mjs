import { readFile } from 'node:fs/promises';
import { npm, runNode } from './process.mjs';

/**
 * Installs what package-lock.json names, unless just that is installed.
 * @throws Error where npm fails
 */
export async function installDependencies() {
  if (await isInstalled()) return;
  console.log('Installing dependencies (npm ci)…');
  const { code } = await runNode(npm('ci'), { minutes: 30 });
  if (code !== 0) throw new Error('npm ci failed; what npm said is above.');
}

/** npm writes its own record last of all: what was interrupted has none, what is old has other versions. */
async function isInstalled() {
  const [wanted, installed] = await Promise.all(
    ['package-lock.json', 'node_modules/.package-lock.json'].map(packages),
  );
  if (wanted === undefined) throw new Error('package-lock.json is missing or broken.');
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (!path.startsWith('node_modules/') || link) return true;
    const there = installed[path];
    // optional ones are for other systems
    return there === undefined ? optional : there.version === version && there.integrity === integrity;
  });
}

async function packages(lock) {
  try {
    return JSON.parse(await readFile(new URL(`../../${lock}`, import.meta.url), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
