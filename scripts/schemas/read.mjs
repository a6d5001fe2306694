import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const folder = new URL('../../schemas/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'));

/**
 * The published schemas as one set of definitions. Each file stands by itself, so that it can be saved and
 * used alone; a definition that two of them have must be the same in both.
 */
export function readSchemas() {
  const files = { policy: read('policy'), config: read('config') };
  const definitions = {};
  for (const [file, schema] of Object.entries(files)) {
    for (const [name, definition] of Object.entries(schema.definitions)) {
      if (name in definitions && !isDeepStrictEqual(definitions[name], definition)) {
        throw new Error(`schemas/${file}.schema.json: definition "${name}" is another in another schema`);
      }
      definitions[name] = definition;
    }
  }
  return { definitions, findings: read('findings').definitions };
}

/** Draft-07 reads nothing beside a `$ref`, so members that add words to one wrap it: this is what they mean. */
export const unwrapped = (schema) => (schema.allOf?.length === 1 ? schema.allOf[0] : schema);

/** The schema behind a `$ref` to one of the definitions; other schemas as they are. */
export function resolve(schema, definitions) {
  const { $ref } = unwrapped(schema);
  return $ref ? resolve(definitions[$ref.replace('#/definitions/', '')], definitions) : schema;
}

/** A copy of a schema with every subschema replaced; `change` sees the inner ones first. */
export function mapSchema(schema, change) {
  if (typeof schema === 'boolean') return schema;
  const copy = { ...schema };
  const each = (object) =>
    Object.fromEntries(Object.entries(object).map(([name, inner]) => [name, mapSchema(inner, change)]));
  for (const keyword of ['properties', 'definitions']) if (copy[keyword]) copy[keyword] = each(copy[keyword]);
  for (const keyword of ['items', 'additionalProperties']) {
    if (typeof copy[keyword] === 'object') copy[keyword] = mapSchema(copy[keyword], change);
  }
  return change(copy);
}
