import { describe, expect, test } from 'vitest';
import { rules } from '../../server/src/rules';
import { folderWith, run } from './command';

const shown = (...args: string[]) => run(folderWith(), ['rules', ...args]);

describe('kea-policy rules', () => {
  test('lists all, in the order of the documentation', () => {
    const { status, stdout, stderr } = shown();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [header, ...rows] = stdout.split('\n\n')[0]!.split('\n');
    expect(header).toMatch(/^rule +default +applies to +fixes +finds$/);
    expect(rows.map((row) => row.split(' ')[0])).toEqual(rules.map(({ id }) => id));
    for (const [i, { severity, summary }] of rules.entries()) {
      expect(rows[i]).toContain(` ${severity} `);
      expect(rows[i]).toMatch(new RegExp(`  ${summary.replace(/[^\w ]/g, '\\$&')}$`));
    }
  });

  test.each(rules.map(({ id }) => id))('documents %s', (id) => {
    const { status, stdout } = shown(id);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^# ${id}\n`));
    expect(stdout).toMatch(/## What it finds\n[^]*## Why it matters\n[^]*## Avoid\n[^]*## Prefer\n/);
    expect(stdout).toMatch(new RegExp(`/${id}\\.md\n$`));
  });

  test('as JSON', () => {
    const list = JSON.parse(shown('--format', 'json').stdout) as { rule: string; severity: string }[];
    expect(list.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id));
    expect(JSON.parse(shown('json-syntax', '--format', 'json').stdout)).toMatchObject({
      rule: 'json-syntax',
      severityCanBeSet: false,
      fixes: expect.arrayContaining([expect.objectContaining({ kind: 'safe' })]) as unknown,
      documentation: expect.stringMatching(/json-syntax\.md$/) as unknown,
    });
  });

  test.each([
    [['json-sytnax'], /unknown rule json-sytnax \(did you mean json-syntax\?\)/],
    [['nonsense-altogether'], /unknown rule .*kea-policy rules lists them/],
    [['__proto__'], /unknown rule/],
    [['json-syntax', 'duplicate-key'], /one rule at a time/],
    [['--format', 'xml'], /unknown format xml/],
    [['--fromat', 'json'], /did you mean --format\?/],
  ])('%j is wrong usage, in one line', (args, said) => {
    const { status, stdout, stderr } = shown(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
