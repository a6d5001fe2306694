import { value } from '../../syntax/anchor';
import { isAccepted } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

export const ksnAcceptanceEvidence = rule({
  id: 'ksn-acceptance-evidence',
  category: 'statement',
  severity: 'error',
  summary: 'An acceptance does not record what the project asks for',
  in: ['policy', 'device'],
  docs: {
    what: `The KSN Statement is accepted, and members that the config's \`acceptance.evidence\` asks for are absent: by
default \`acceptedBy\` and \`acceptedAt\`. One finding names all of them, whether KSN usage is on or not.`,
    why: `That a box was ticked says nothing about who read the terms, when, and which text. If anybody asks later, the
file is what can be shown. Whoever accepted has to add it: nothing can be filled in for them. To disable KSN usage needs
no evidence.`,
    avoid: [
      {
        title: 'Accepted by nobody, at no time',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: { version: '2024-05', accepted: true } },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
      {
        title: 'Without the hash that this project asks for',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({
            plugin: pluginWith('2024-05'),
            acceptance: { evidence: ['acceptedBy', 'acceptedAt', 'sha256'] },
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Who and when',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    configuration:
      '`acceptance.evidence` (also in `overrides`): any of `acceptedBy`, `acceptedAt`, `language`, `sha256`, `reference`; the first two where it is not given.',
    related: ['ksn-acceptor-not-approved', 'ksn-acceptance-in-future', 'ksn-statement-digest-mismatch'],
  },
  check(document, { settings }) {
    const { statement } = document.facts.ksn;
    if (!statement || !isAccepted(document.facts.ksn)) return;
    const { evidence } = settings.acceptance;
    const absent = evidence.filter((name, i) => {
      const stated = name === 'reference' ? statement.reference : statement[name] !== undefined;
      return !stated && evidence.indexOf(name) === i;
    });
    if (absent.length === 0) return;
    const names = listed(absent.map((name) => `"${name}"`));
    return {
      message: `The acceptance of the KSN Statement lacks ${names}: it does not show what this project asks of one.`,
      anchor: value('/ksn/statement/accepted'),
      value: absent,
    };
  },
});

function listed(names: readonly string[]): string {
  const last = names.at(-1)!;
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
