import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { members } from '../../server/src/schema/generated/members';
import { isWellFormed, shapeOf } from '../../server/src/schema/shape';
import { complete, mutated } from './mutations';

interface Schema {
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8')) as Schema;
const schemas = { policy: read('policy'), config: read('config'), findings: read('findings') };

/** A validator of the published schema, as other editors and tools read it. */
function published(name: keyof typeof schemas): ValidateFunction {
  const ajv = new Ajv({ strictSchema: 'log', logger: false, validateSchema: true });
  ajvFormats.default(ajv);
  return ajv.compile(schemas[name]);
}

describe.each(Object.entries(schemas))('%s.schema.json', (_name, schema) => {
  const definitions = Object.entries(schema.definitions!);

  test('every definition, and every member of one, says what it is', () => {
    const silent = definitions.flatMap(([name, definition]) => {
      const inner = Object.entries(definition.properties ?? {}).map(([member, at]): [string, Schema] => [
        `${name}.${member}`,
        at,
      ]);
      return [[name, definition] as [string, Schema], ...inner]
        .filter(([, at]) => !at.$ref && !(at.title && at.description))
        .map(([path]) => path);
    });
    expect(silent).toEqual([]);
  });

  test('every reference leads somewhere', () => {
    const names = JSON.stringify(schema).match(/#\/definitions\/(\w+)/g) ?? [];
    expect(names.filter((name) => !schema.definitions![name.slice(14)])).toEqual([]);
  });

  test('every allowed value has its words where any has', () => {
    for (const { enumDescriptions, enum: values } of JSON.stringify(schema)
      .match(/\{[^{}]*"enumDescriptions"[^{}]*\}/g)!
      .map((text) => JSON.parse(text) as Schema)) {
      expect(enumDescriptions).toHaveLength(values!.length);
    }
  });

  test('no default accepts anything or switches anything on', () => {
    for (const [name, { properties = {} }] of definitions) {
      if (name === 'inheritance') continue; // inheriting is the default of the console
      for (const member of Object.values(properties)) expect(member.default).not.toBe(true);
    }
  });
});

test('a definition that two schemas have is the same in both', () => {
  const shared = Object.keys(schemas.policy.definitions!).filter((name) => schemas.config.definitions![name]);
  expect(shared).toContain('region');
  for (const name of shared) {
    expect(schemas.config.definitions![name]).toEqual(schemas.policy.definitions![name]);
  }
});

test('regions are the 249 codes that ISO 3166-1 assigns', () => {
  const codes = schemas.policy.definitions!.region!.enum as string[];
  expect(new Set(codes).size).toBe(249);
  expect([...codes].sort()).toEqual(codes);
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  expect(codes.filter((code) => !names.of(code))).toEqual([]);
  for (const retired of ['AN', 'SU', 'UK', 'EU', 'XK', 'ZZ']) expect(codes).not.toContain(retired);
});

describe('published and generated validators agree', () => {
  const policy = published('policy');
  const config = published('config');

  test.each(['policy', 'device'] as const)('%s', (kind) => {
    expect(policy(complete[kind])).toBe(true);
    fc.assert(
      fc.property(mutated(kind), (value) => {
        const shape = shapeOf(value);
        expect(policy(value)).toBe(shape !== undefined && isWellFormed(shape, value));
      }),
      { numRuns: 300 },
    );
  });

  test('config', () => {
    expect(config(complete.config)).toBe(true);
    fc.assert(
      fc.property(mutated('config'), (value) => {
        expect(config(value)).toBe(isWellFormed('config', value));
      }),
      { numRuns: 300 },
    );
  });

  test('but for the switch of a device, on which a rule of its own has more to say', () => {
    const device = { ...complete.device, ksn: { enforcement: 'enforce' } };
    expect(policy(device)).toBe(false);
    expect(isWellFormed('device', device)).toBe(true);
  });
});

test('a report of findings may grow', () => {
  const findings = published('findings');
  const place = {
    path: 'a',
    pointer: '',
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
  };
  const finding = {
    ...{
      ...place,
      rule: 'json-syntax',
      severity: 'error',
      message: 'm',
      related: [{ ...place, message: 'r' }],
    },
    ...{ fixes: [{ title: 't', kind: 'safe' }], fingerprint: 'f', excepted: false, later: 1 },
  };
  const summary = { files: 1, error: 1, warning: 0, info: 0, excepted: 0, undecided: 0, later: {} };
  const tool = { name: 'kea-policy', version: '1' };
  expect(findings({ formatVersion: 1, tool, summary, findings: [finding] })).toBe(true);
  expect(findings({ formatVersion: 1, tool, summary, findings: [{ ...finding, severity: 'fatal' }] })).toBe(
    false,
  );
  expect(findings({ formatVersion: 1, tool, summary })).toBe(false);
});

test('the tables of members know what the schemas list', () => {
  expect(members.policy['/ksn']).toEqual(['enforcement', 'enabled', 'useKscAsKsnProxy', 'statement']);
  expect(members.device['/ksn']).toEqual(['enabled', 'useKscAsKsnProxy', 'statement']);
  expect(members.config['/overrides/*/acceptance']).toEqual(['evidence', 'approvers']);
  expect(Object.keys(members.device)).not.toContain('/plugin');
});
