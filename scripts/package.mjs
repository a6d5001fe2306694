// Packs the extension.
//   node scripts/package.mjs [--out FILE]    without it, kea-policy-vscode-<version>.vsix in the root
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * What goes into the .vsix: the files that .vscodeignore allows, relative to the root, with `/`.
 * @throws Error where a line allows nothing that exists, or is not a path with at most a `*` in its last part
 */
export function packedFiles() {
  const allowed = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1).trim()] : []));
  return allowed.flatMap((pattern) => {
    const [, folder, name] = /^((?:[\w.-]+\/)*)([\w.*-]+)$/.exec(pattern) ?? [];
    if (name === undefined) throw new Error(`.vscodeignore: ${pattern} is no simple path`);
    const [start, end] = name.includes('*') ? name.split('*') : [name, undefined];
    const files = readdirSync(join(root, folder)).filter((file) =>
      end === undefined ? file === start : file.startsWith(start) && file.endsWith(end),
    );
    if (files.length === 0) throw new Error(`.vscodeignore allows ${pattern}, and there is none`);
    return files.map((file) => `${folder}${file}`);
  });
}

/**
 * Packs what is built. In a folder of its own: vsce would look through everything else here, for a minute.
 * @param {string} packagePath where the .vsix goes
 */
export async function packExtension(packagePath) {
  const stage = mkdtempSync(join(tmpdir(), 'kea-policy-vsix-'));
  try {
    for (const file of ['.vscodeignore', ...packedFiles()]) {
      mkdirSync(dirname(join(stage, file)), { recursive: true });
      copyFileSync(join(root, file), join(stage, file));
    }
    await createVSIX({
      cwd: stage,
      packagePath,
      dependencies: false,
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
    });
  } finally {
    rmSync(stage, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await packExtension(resolve(values.out ?? join(root, `${name}-${version}.vsix`)));
}
