import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { run } from './command';

type Schema = Record<string, unknown>;

/** A schema that also refuses members it does not describe: what is written must be described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Schema = Object.fromEntries(
    Object.entries(schema).map(([key, value]): [string, unknown] => [key, closed(value)]),
  );
  if (copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

/** Runs a command with `--format json`; its answer must be valid against its schema, and the same twice. */
export function answer<T>(
  cwd: string,
  schema: string,
  args: readonly string[],
): T & { status: number | null } {
  const first = run(cwd, [...args, '--format', 'json', '--now', '2026-11-23T12:00:00Z']);
  if (first.stdout === '') throw new Error(`exit ${first.status}: ${first.stderr}`);
  const again = run(cwd, [...args, '--format', 'json', '--now', '2026-11-23T12:00:00Z']);
  expect(again.stdout).toBe(first.stdout);
  expect(first.stderr).toBe('');
  const value = JSON.parse(first.stdout) as T;
  const file = new URL(`../../schemas/${schema}.schema.json`, import.meta.url);
  const ajv = new Ajv({ allErrors: true, strict: false });
  const valid = ajv.validate(closed(JSON.parse(readFileSync(file, 'utf8'))) as Schema, value);
  expect(valid ? [] : ajv.errors).toEqual([]);
  return { ...value, status: first.status };
}

/** An acceptance of Statement S1 that wants nothing. */
const statement = {
  version: 'S1',
  accepted: true,
  acceptedBy: 'Jane Roe',
  acceptedAt: '2024-03-02T09:30:00+01:00',
};

/** An enforced group with KSN on and Statement S1 accepted; members over it. */
export const ksnOn = (members: object = {}): object => ({
  enforcement: 'enforce',
  enabled: true,
  statement,
  ...members,
});

/** A config whose plug-in carries S1. @param older the Statement of the older agents, on 2 of 42 hosts */
export const surroundings = (older: string): object => ({
  plugin: { version: '3.16', statementVersion: 'S1' },
  agents: [
    { version: '3.16', statementVersion: 'S1', hosts: 40 },
    { version: '3.14', statementVersion: older, hosts: 2 },
  ],
});
