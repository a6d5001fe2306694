import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './command';

/** The blocks of docs/insight.md that show what a command answers. */
const shown = [...readFileSync('docs/insight.md', 'utf8').matchAll(/^```console\n(.*?)^```$/gms)]
  .map(([, block]) => block!.trimEnd().split('\n'))
  .filter((lines) => lines.some((line) => !line.startsWith('$ ')))
  .map((lines) => {
    const commands = lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
    return { folder: commands[0]!.replace(/^cd /, ''), command: commands.at(-1)!, lines };
  });

test('there are some', () => {
  expect(shown.map(({ command }) => command.split(' ')[1])).toEqual([
    'effective',
    'plan',
    'diff',
    'report',
    'runbook',
  ]);
});

test.each(shown)('$command answers as docs/insight.md shows it', ({ folder, command, lines }) => {
  const args = command.split(' ').slice(1);
  const { stdout, stderr } = run(join(process.cwd(), folder), [...args, '--now', '2026-11-23T12:00:00Z']);
  expect(stderr).toBe('');
  const answer = stdout.split('\n');
  let from = 0;
  for (const line of lines.filter((other) => !other.startsWith('$ ') && other !== '…')) {
    const at = answer.indexOf(line, from);
    expect(at, `a line behind line ${from}: ${line}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
});
