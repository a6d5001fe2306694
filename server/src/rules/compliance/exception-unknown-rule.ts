import { value } from '../../syntax/anchor';
import { nearest } from '../../syntax/nearest';
import type { Found } from '../finding';
import { rule } from '../rule';
import { policyFile } from '../sample';

export const exceptionUnknownRule = rule({
  id: 'exception-unknown-rule',
  category: 'compliance',
  severity: 'error',
  summary: 'An exception names no rule, or one that cannot be excepted',
  in: ['policy', 'device'],
  notExceptable: true,
  docs: {
    what: `An entry of \`exceptions\` whose \`rule\` is not the name of a rule, or is a rule that cannot be excepted: the
rules about documents as such (\`json-syntax\` to \`name-duplicate\`) and the rules about exceptions.`,
    why: `Such an exception covers nothing: the deviation that it was meant to record is still reported, or was approved
under a name that nobody will find again.`,
    avoid: [
      {
        title: 'A mistyped rule',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            regions: ['US'],
            ksn: { enforcement: 'enforce', enabled: false },
            exceptions: [
              { rule: 'ksn-region-restrictd', reason: 'Availability confirmed for this site in CHG-1042.' },
            ],
          }),
        ],
      },
      {
        title: 'A mistake in the file can be mended, not excepted',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            ksn: { enforcement: 'enforce', enabled: false },
            exceptions: [{ rule: 'unknown-property', reason: 'Our exporter writes members of its own.' }],
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'The name of a rule that can be excepted',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            ksn: { enforcement: 'undefined', enabled: false },
            exceptions: [
              {
                rule: 'ksn-enforcement-undefined',
                reason: 'The site decides for itself until the pilot ends (CHG-1042).',
              },
            ],
          }),
        ],
      },
    ],
    related: ['exception-unused', 'exception-expired'],
  },
  fixes: [{ kind: 'choice', does: 'names the nearest rule' }],
  check(document, { rules }) {
    const found: Found[] = [];
    document.facts.exceptions.forEach(({ rule: id }, i) => {
      if (typeof id !== 'string') return;
      const named = rules.get(id);
      if (named && !named.notExceptable) return;
      const pointer = `/exceptions/${i}/rule`;
      const exceptable = [...rules.values()].filter((other) => !other.notExceptable).map((other) => other.id);
      const meant = named ? undefined : nearest(id, exceptable);
      found.push({
        message: named
          ? `"${id}" cannot be excepted: the exception covers nothing, and what the rule finds has to be mended.`
          : `There is no rule "${id}": the exception covers nothing${meant ? `; did you mean "${meant}"?` : '.'}`,
        anchor: value(pointer),
        fixes: meant
          ? [
              {
                kind: 'choice',
                title: `Name the rule "${meant}"`,
                changes: [{ op: 'set', pointer, value: meant }],
              },
            ]
          : [],
        value: id,
      });
    });
    return found;
  },
});
