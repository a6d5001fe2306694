import { value } from '../../syntax/anchor';
import { malformed } from '../../model/facts';
import { isOn } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';
import { disableKsn } from './disable-ksn';
import { consentTo, requirementOf } from './requirement';

export const ksnAcceptanceRequired = rule({
  id: 'ksn-acceptance-required',
  category: 'statement',
  severity: 'error',
  summary: 'KSN usage is on, and the KSN Statement is not accepted',
  in: ['policy', 'device'],
  docs: {
    what: `*Enable KSN usage* is selected, and the document records no acceptance of the KSN Statement: there is no
\`statement\`, or its \`accepted\` is \`false\`.`,
    why: `The console asks for the terms of the KSN Statement to be accepted when KSN usage is enabled for the first
time, and does not save the settings without it. While KSN usage is on, statistics are sent to the vendor automatically,
and files or parts of files that could be used to do harm may be sent for examination; the Statement says which. Somebody
has to have read it before that begins.`,
    avoid: [
      {
        title: 'Enabled, and nobody has accepted anything',
        files: [
          policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: true } }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
      {
        title: 'Enabled, and the Statement was declined',
        files: [
          policyFile('Workstations', {
            ksn: {
              enforcement: 'enforce',
              enabled: true,
              statement: { version: '2024-05', accepted: false },
            },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Enabled, with an acceptance that says who and when',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
      {
        title: 'Not enabled',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    configuration: '`plugin.statementVersion` (also in `overrides`): the Statement that has to be accepted.',
    related: ['ksn-statement-version-mismatch', 'ksn-acceptance-evidence'],
  },
  fixes: [
    {
      kind: 'consent',
      does: 'records an acceptance after it was confirmed; only where the required Statement is known',
    },
    { kind: 'choice', does: 'disables KSN usage' },
  ],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!isOn(ksn)) return;
    const accepted = ksn.statement?.accepted;
    if (accepted === true || accepted === malformed) return;
    const required = requirementOf(project, document);
    const missing = ksn.statement
      ? `the KSN Statement${typeof ksn.statement.version === 'string' ? ` (version ${ksn.statement.version})` : ''} is not accepted`
      : 'no acceptance of the KSN Statement is recorded';
    const due = required ? `; version ${required.version} has to be accepted` : '';
    return {
      message: `KSN usage is enabled, but ${missing}: the console does not save it like this${due}.`,
      anchor: value('/ksn/enabled'),
      related: required?.related ?? [],
      fixes: required ? [consentTo(required), disableKsn] : [disableKsn],
      value: true,
    };
  },
});
