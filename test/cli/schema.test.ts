import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith, run } from './command';

const names = readdirSync('schemas')
  .filter((name) => name.endsWith('.schema.json'))
  .map((name) => name.replace('.schema.json', ''))
  .sort();

describe('kea-policy schema', () => {
  test('says which there are', () => {
    expect(names).toEqual(expect.arrayContaining(['config', 'findings', 'policy']));
    expect(run(folderWith(), ['schema'])).toMatchObject({
      status: 0,
      stdout: names.map((name) => `${name}\n`).join(''),
      stderr: '',
    });
  });

  test.each(names)('prints %s as it is shipped', (name) => {
    const { status, stdout } = run(folderWith(), ['schema', name]);
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
  });

  test.each([
    [['finding'], /unknown schema finding \(did you mean findings\?\)/],
    [['../package'], /unknown schema/],
    [['policy', 'config'], /one schema at a time/],
    [['--format=json'], /unknown option --format/],
  ])('%j is wrong usage', (args, said) => {
    const { status, stdout, stderr } = run(folderWith(), ['schema', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
