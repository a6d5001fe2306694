import { resolve } from './read.mjs';

/** Tables of members by the pointer pattern of their object (`/exceptions/*`), for messages and for layout. */
export function members({ definitions }) {
  const tables = {};
  for (const shape of ['policy', 'device', 'config']) {
    const table = (tables[shape] = {});
    walk(definitions[shape], '', (pattern, schema) => {
      if (schema.properties) table[pattern] = Object.keys(schema.properties);
    });
  }
  const words = {};
  for (const { pattern, patternErrorMessage } of Object.values(definitions)) {
    if (pattern) words[pattern] = patternErrorMessage;
  }

  function walk(schema, pattern, visit) {
    const resolved = resolve(schema, definitions);
    visit(pattern, resolved);
    for (const [name, member] of Object.entries(resolved.properties ?? {})) {
      walk(member, `${pattern}/${name}`, visit);
    }
    if (resolved.items) walk(resolved.items, `${pattern}/*`, visit);
  }

  return {
    'members.ts':
      `/** The members of each object of a shape, by the pointer pattern of the object. */\n` +
      `export const members: Record<'policy' | 'device' | 'config', Record<string, readonly string[]>> = ` +
      `${JSON.stringify(tables, null, 2)};\n\n` +
      `/** What a value of a pattern must be, in words. */\n` +
      `export const patternWords: Record<string, string> = ${JSON.stringify(words, null, 2)};\n`,
    'order.ts':
      `/** The order in which the schemas list members, by the pointer pattern of their object. */\n` +
      `export const order: Record<string, readonly string[]> = ${JSON.stringify(merged(tables), null, 2)};\n`,
  };
}

/** One order for each object, whatever the kind of document: each kind's own order is kept within it. */
function merged(tables) {
  const order = {};
  for (const table of Object.values(tables)) {
    for (const [pattern, names] of Object.entries(table)) {
      order[pattern] = order[pattern] ? interleave(order[pattern], names, pattern) : names;
    }
  }
  return order;
}

function interleave(left, right, pattern) {
  const result = [...left];
  let at = 0;
  for (const name of right) {
    const found = result.indexOf(name);
    if (found >= 0 && found < at) throw new Error(`"${name}" in ${pattern || 'the document'} has two orders`);
    if (found < 0) result.splice(at, 0, name);
    at = (found < 0 ? at : found) + 1;
  }
  return result;
}
