import { expect, test } from 'vitest';
import { asText } from '../../server/src/insight/blocks';
import { effectiveAnswer } from '../../server/src/insight/effective';
import { effectiveBlocks } from '../../server/src/insight/effective-blocks';
import { config, device, file, managedBy, off, on, policy } from '../rules/documents';
import { projectOf } from '../rules/harness';

/** The lines on agents of the policy `top` above some devices with Statements. */
function agentLines(statements: readonly string[]): string[] {
  const devices = statements.map((statement, i) => [file(`d${i}`), device('M', off, statement)]);
  const project = projectOf({
    [file('top')]: policy('M', on('S1')),
    [config]: managedBy('S1'),
    ...Object.fromEntries(devices),
  });
  const answer = effectiveAnswer(project, project.document(file('top'))!)!;
  const lines = asText(effectiveBlocks(answer)).split('\n');
  const start = lines.findIndex((line) => line.startsWith('  Agent '));
  return lines.slice(start + 1, lines.indexOf('', start)).map((line) => line.trim().replace(/ {2,}/g, ' | '));
}

test('a few devices are named', () => {
  expect(agentLines(['S1', 'S1'])).toEqual([
    expect.stringMatching(/^\S+ \(d0\.kea-policy\.json\) \| S1 \| 1 \| on/),
    expect.stringMatching(/^\S+ \(d1\.kea-policy\.json\) \| S1 \| 1 \| on/),
  ]);
});

test('of many that fare alike their number is said, apart from those that fare otherwise', () => {
  const lines = agentLines([...Array.from({ length: 1200 }, () => 'S1'), 'S2']);
  expect(lines).toEqual([
    expect.stringMatching(/^\S+ \(1,200 device documents\) \| S1 \| 1,200 \| on; at risk/),
    expect.stringMatching(/^\S+ \(d1200\.kea-policy\.json\) \| S2 \| 1 \| /),
  ]);
});
