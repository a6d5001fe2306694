import { value } from '../../syntax/anchor';
import { isExpired } from '../exceptions';
import type { Found } from '../finding';
import { rule } from '../rule';
import { policyFile } from '../sample';

export const exceptionExpired = rule({
  id: 'exception-expired',
  category: 'compliance',
  severity: 'error',
  summary: 'An exception is past its day',
  in: ['policy', 'device'],
  notExceptable: true,
  docs: {
    what: `An entry of \`exceptions\` whose \`expires\` lies before today. The day itself, in UTC, is still covered. It is
found whether or not there is still something to cover.`,
    why: `An exception is approved for a time. When that is over, what it covered shows again, and somebody has to decide
anew: mend the deviation, or have it approved for another term.`,
    avoid: [
      {
        title: 'Approved until the end of January, and the group is enforced by now',
        now: '2027-03-01T00:00:00Z',
        files: [
          policyFile('Pilot', {
            ksn: { enforcement: 'enforce', enabled: false },
            exceptions: [
              {
                rule: 'ksn-enforcement-undefined',
                reason: 'The pilot group decides for itself (CHG-1042).',
                approvedBy: 'Head of IT security',
                expires: '2027-01-31',
              },
            ],
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Approved for another term',
        now: '2027-03-01T00:00:00Z',
        files: [
          policyFile('Pilot', {
            ksn: { enforcement: 'undefined', enabled: false },
            exceptions: [
              {
                rule: 'ksn-enforcement-undefined',
                reason: 'The pilot group decides for itself (CHG-1042, extended by CHG-1187).',
                approvedBy: 'Head of IT security',
                expires: '2027-06-30',
              },
            ],
          }),
        ],
      },
    ],
    related: ['exception-unused', 'exception-unknown-rule'],
  },
  check(document, { now }) {
    const found: Found[] = [];
    document.facts.exceptions.forEach((exception, i) => {
      if (!isExpired(exception, now)) return;
      const { expires, rule: id } = exception;
      const which = typeof id === 'string' ? ` for "${id}"` : '';
      found.push({
        message: `The exception${which} expired on ${String(expires)}: what it covered shows again until it is mended or approved anew.`,
        anchor: value(`/exceptions/${i}/expires`),
        value: [typeof id === 'string' ? id : null, expires],
      });
    });
    return found;
  },
});
