import { rule } from '../rule';
import { policyFile } from '../sample';

export const invalidValue = rule({
  id: 'invalid-value',
  category: 'document',
  severity: 'error',
  summary: 'A value that its member cannot have',
  in: ['policy', 'device', 'config'],
  notExceptable: true,
  docs: {
    what: `A value of the wrong type, one that is not among the allowed values, one of the wrong form (a version, a
region, a date, a time without offset) or too long. Also a lone surrogate in a text (\`"\\ud800"\`), and a number that
JSON readers would round.`,
    why: `A malformed value is neither absent nor its default: every rule that would read it stays silent, so that the
file is judged less than it seems to be.`,
    avoid: [
      {
        title: 'Not one of the two positions of the switch',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforced', enabled: false } })],
      },
      {
        title: 'A text where a truth value belongs',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: 'no' } })],
      },
    ],
    prefer: [
      {
        title: 'Values as the language has them',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    related: ['unknown-property', 'missing-property'],
  },
  fixes: [{ kind: 'choice', does: 'sets the nearest allowed value' }],
});
