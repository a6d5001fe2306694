import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a made file in one step, and only where it differs: whoever runs the last build meanwhile is not
 * disturbed, and watchers see true changes alone.
 */
export async function writeMade(path, content) {
  const bytes = Buffer.from(content);
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(bytes)) return;
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}
