import { value } from '../../syntax/anchor';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

const now = '2026-11-01T12:00:00Z';
const acceptedAt = (time: string): object => ({
  ksn: {
    enforcement: 'enforce',
    enabled: true,
    statement: acceptedStatement('2024-05', { acceptedAt: time }),
  },
});

export const ksnAcceptanceInFuture = rule({
  id: 'ksn-acceptance-in-future',
  category: 'statement',
  severity: 'error',
  summary: 'An acceptance is dated in the future',
  in: ['policy', 'device'],
  docs: {
    what: `\`acceptedAt\` lies after now. Times are compared as moments, whatever their offsets from UTC.`,
    why: `Nobody can have read and accepted anything at a time that has not come yet: the time is mistyped, its offset
is wrong, or the record was made ahead. Either way it is no evidence of an acceptance.`,
    avoid: [
      {
        title: 'A year ahead',
        files: [
          policyFile('Workstations', acceptedAt('2027-10-30T09:30:00+01:00')),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
        now,
      },
    ],
    prefer: [
      {
        title: 'Two days ago',
        files: [
          policyFile('Workstations', acceptedAt('2026-10-30T09:30:00+01:00')),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
        now,
      },
    ],
    related: ['ksn-acceptance-evidence'],
  },
  check(document, { now }) {
    const at = document.facts.ksn.statement?.acceptedAt;
    if (typeof at !== 'string') return;
    // RFC 3339 has leap seconds, Date has not.
    const time = Date.parse(at.includes(':60') ? at.replace(/:60(?=[.Zz+-])/, ':59') : at);
    if (!(time > now)) return;
    return {
      message: `The KSN Statement is recorded as accepted at ${at}, which has not come yet: it is no evidence of an acceptance.`,
      anchor: value('/ksn/statement/acceptedAt'),
      value: at,
    };
  },
});
