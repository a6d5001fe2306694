import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { members } from '../schemas/members.mjs';
import { readSchemas } from '../schemas/read.mjs';
import { types } from '../schemas/types.mjs';
import { validators } from '../schemas/validators.mjs';

const target = new URL('../../server/src/schema/generated/', import.meta.url);
const banner = '// Made from schemas/ by scripts/generate/schemas.mjs: change those instead.\n';

/** Makes validators, types and tables from the schemas; files whose content is the same are left alone. */
export async function generate() {
  const schemas = readSchemas();
  const files = { ...validators(schemas), ...members(schemas), ...(await types(schemas)) };
  mkdirSync(target, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeIfChanged(new URL(name, target), banner + content);
}

function writeIfChanged(url, content) {
  let before;
  try {
    before = readFileSync(url, 'utf8');
  } catch {
    // not made yet
  }
  if (before !== content) writeFileSync(url, content);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
