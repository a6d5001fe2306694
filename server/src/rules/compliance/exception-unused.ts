import { value } from '../../syntax/anchor';
import { malformed } from '../../model/facts';
import { isExpired } from '../exceptions';
import type { Found } from '../finding';
import { rule } from '../rule';
import { policyFile } from '../sample';

export const exceptionUnused = rule({
  id: 'exception-unused',
  category: 'compliance',
  severity: 'warning',
  summary: 'An exception covers nothing',
  in: ['policy', 'device'],
  notExceptable: true,
  after: 'exceptions',
  docs: {
    what: `An entry of \`exceptions\` that covers no finding of its document, although its rule can be excepted, is not
switched off and the entry has not expired. Under \`--no-exceptions\` nothing is covered, and this rule is silent.`,
    why: `The deviation that was approved is gone, and the approval is still there: it would silently cover the next one.
It also makes the list of deviations that an auditor reads longer than the truth.`,
    avoid: [
      {
        title: 'The group is enforced by now',
        files: [
          policyFile('Pilot', {
            ksn: { enforcement: 'enforce', enabled: false },
            exceptions: [
              {
                rule: 'ksn-enforcement-undefined',
                reason: 'The pilot group decides for itself (CHG-1042).',
              },
            ],
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Removed together with its cause',
        files: [policyFile('Pilot', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    related: ['exception-expired', 'exception-unknown-rule'],
  },
  fixes: [{ kind: 'choice', does: 'removes the exception' }],
  check(document, context) {
    const { rules, now, covering } = context;
    const found: Found[] = [];
    document.facts.exceptions.forEach((exception, i) => {
      const { rule: id, reason, expires } = exception;
      // An entry that is not well-formed has a finding of its own.
      if (typeof id !== 'string' || typeof reason !== 'string' || expires === malformed) return;
      const named = rules.get(id);
      if (!named || named.notExceptable || context.levelOf(named) === 'off') return;
      if (isExpired(exception, now) || covering?.has(i)) return;
      const pointer = `/exceptions/${i}`;
      found.push({
        message: `The exception for "${id}" covers nothing: there is no such finding here any more, and a later one would be covered unseen.`,
        anchor: value(pointer),
        fixes: [{ kind: 'choice', title: 'Remove the exception', changes: [{ op: 'remove', pointer }] }],
        value: id,
      });
    });
    return found;
  },
});
