import { compile } from 'json-schema-to-typescript';
import { mapSchema, unwrapped } from './read.mjs';

const names = {
  policy: 'PolicyDocument',
  device: 'DeviceDocument',
  config: 'ConfigDocument',
  agents: 'AgentsEntry',
};

/** TypeScript types of the files and of the findings report, from the published schemas. */
export async function types({ definitions, findings }) {
  const all = {
    ...renamed(definitions, (name) => names[name] ?? pascal(name)),
    ...renamed(findings, (name) => (name === 'report' ? 'FindingsReport' : `Reported${pascal(name)}`)),
  };
  const roots = ['PolicyDocument', 'DeviceDocument', 'ConfigDocument', 'FindingsReport'];
  const schema = { oneOf: roots.map((name) => ({ $ref: `#/definitions/${name}` })), definitions: all };
  const source = await compile(schema, 'AnyDocument', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
  });
  return { 'types.ts': source };
}

const pascal = (name) => name[0].toUpperCase() + name.slice(1);

function renamed(definitions, rename) {
  const prepared = mapSchema({ definitions }, (schema) => {
    // A title would become a type of its own; the names of the definitions are the better ones.
    const { title: _title, ...rest } = unwrapped(schema);
    if (rest.$ref) rest.$ref = `#/definitions/${rename(rest.$ref.replace('#/definitions/', ''))}`;
    return rest;
  }).definitions;
  return Object.fromEntries(
    Object.entries(prepared).map(([name, schema]) => [rename(name), { ...schema, title: rename(name) }]),
  );
}
