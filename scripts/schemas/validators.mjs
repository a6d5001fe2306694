import { Ajv, _ } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { mapSchema, unwrapped } from './read.mjs';

const shapes = ['policy', 'device', 'config'];
const annotations = ['title', 'description', 'default', 'enumDescriptions', 'patternErrorMessage'];

/** Standalone code of the validators, as an ES module, with its type declarations. */
export function validators({ definitions }) {
  const plain = mapSchema({ definitions }, (schema) => withoutAnnotations(unwrapped(schema))).definitions;
  // A rule of its own says in better words that a device has no switch: ksn-enforcement-on-device.
  plain.deviceKsn.properties.enforcement = true;
  const fast = mapSchema({ definitions: plain }, enumAsPattern).definitions;
  return {
    'well-formed.js': withoutErrors(code(fast, { allErrors: false })),
    'well-formed.d.ts': declarations('(value: unknown) => boolean'),
    'shape-errors.js': joiningInPlace(code(plain, { allErrors: true })),
    'shape-errors.d.ts':
      `export interface ShapeError {\n  readonly instancePath: string;\n  readonly keyword: string;\n` +
      `  readonly params: Readonly<Record<string, unknown>>;\n}\n` +
      declarations('{ (value: unknown): boolean; errors?: readonly ShapeError[] | null }'),
  };
}

const declarations = (type) => shapes.map((shape) => `export declare const ${shape}: ${type};\n`).join('');

function withoutAnnotations(schema) {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword)));
}

// One regular expression is several times faster than a comparison for each of 249 codes.
function enumAsPattern(schema) {
  if (!(schema.enum?.length > 50) || !schema.enum.every((code) => /^[A-Z]{2}$/.test(code))) return schema;
  const { enum: codes, ...rest } = schema;
  const byFirst = groupBy(codes, ([first]) => first);
  const branches = Object.entries(byFirst).map(
    ([first, group]) => `${first}[${group.map((c) => c[1]).join('')}]`,
  );
  return { ...rest, pattern: `^(?:${branches.join('|')})$` };
}

function groupBy(items, keyOf) {
  const groups = {};
  for (const item of items) (groups[keyOf(item)] ??= []).push(item);
  return groups;
}

function code(definitions, options) {
  const ajv = new Ajv({
    ...options,
    strict: true,
    messages: false,
    loopEnum: Number.POSITIVE_INFINITY,
    code: { source: true, esm: true, lines: true, formats: _`require("../formats").formats` },
    formats: { date: () => true, 'date-time': () => true },
  });
  ajv.addSchema({ $id: 'file', definitions });
  const exported = Object.fromEntries(shapes.map((shape) => [shape, `file#/definitions/${shape}`]));
  return imports(standalone.default(ajv, exported));
}

/**
 * Validators that say yes or no and nothing else: no path is built and no error kept for the thousands of
 * files that are in order. A line that is not understood stops the build.
 */
function withoutErrors(source) {
  const lean = source
    .replace(/^(validate\d+)\.errors = \[\{.*\}\];\nreturn false;(\nbreak;)?$/gm, 'return false;')
    .replace(/^function (validate\d+)\(data, \{.*\}=\{\}\)\{\nlet vErrors = null;$/gm, 'function $1(data){')
    .replace(
      /^if\(!\((validate\d+)\(([\w.[\]]+), \{.*\}\)\)\)\{\nvErrors = .*\nerrors = vErrors\.length;\n\}$/gm,
      'if(!$1($2)) return false;',
    )
    .replace(/^validate\d+\.errors = vErrors;\nreturn errors === 0;$/gm, 'return true;');
  const left = /.*(\.errors|vErrors|instancePath|keyword:).*/.exec(lean);
  if (left) throw new Error(`ajv writes its code in another way now: ${left[0].slice(0, 200)}`);
  return lean;
}

/** ajv copies all errors found so far for each nested object: a long array of them would take square time. */
function joiningInPlace(source) {
  const joined = source.replace(
    /vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\)/g,
    'join(vErrors, $1.errors)',
  );
  if (joined.includes('.concat(')) throw new Error('ajv writes its code in another way now: concat');
  return `${joined}
function join(all, more) {
  if (all === null) return more;
  for (const error of more) all.push(error);
  return all;
}
`;
}

/** ajv writes `require` for what it needs at run time, also into ES modules. */
function imports(source) {
  const lines = [];
  const body = source.replace(
    /const (\w+) = require\("([^"]+)"\)([^;\n]*);?/g,
    (_all, name, module, member) => {
      if (module === '../formats') {
        lines.push(`import { formats } from '../formats';`);
        return `const ${name} = formats${member.replace(/^\.formats/, '')};`;
      }
      if (module === 'ajv/dist/runtime/ucs2length') {
        lines.push(`import { codePoints } from '../formats';`);
        return `const ${name} = codePoints;`;
      }
      throw new Error(`the validators need ${module}, which nobody provides`);
    },
  );
  if (/\brequire\(|\bnew Function\b|\beval\(/.test(body))
    throw new Error('the validators would need code at run time');
  return [...new Set(lines), body.replace('"use strict";', '')].join('\n');
}
