import { value } from '../../syntax/anchor';
import { orDefault, wellFormed } from '../../model/facts';
import { isAccepted, isOn, requiredStatement } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';
import { disableKsn } from './disable-ksn';
import { consentTo, requirementOf } from './requirement';

export const ksnStatementVersionMismatch = rule({
  id: 'ksn-statement-version-mismatch',
  category: 'statement',
  severity: 'error',
  summary: 'Another version of the KSN Statement is accepted than the one required',
  in: ['policy', 'device'],
  docs: {
    what: `An accepted KSN Statement has another version than the plug-in carries that manages the policy or the device
now. Versions are compared for equality only: none counts as older or newer. While KSN usage is off, the finding is of
severity \`info\`, unless the rule is switched off.`,
    why: `Typically the plug-in was updated, and the policy was last saved by the one before. KSN usage goes on as it was
saved, but the settings cannot be saved again until the terms of the new version are accepted: the next administrator
who changes anything in the policy meets the question unprepared.`,
    avoid: [
      {
        title: 'The plug-in carries a newer Statement than the one that was accepted',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2023-10') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    prefer: [
      {
        title: 'The version that the plug-in carries is accepted',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    configuration:
      '`plugin.statementVersion` (also in `overrides`): the version required. Without it, that of the `plugin` in the policy.',
    related: ['ksn-agent-statement-mismatch', 'ksn-statement-version-unknown', 'plugin-outdated'],
  },
  fixes: [
    { kind: 'consent', does: 'records an acceptance of the required version after it was confirmed' },
    { kind: 'choice', does: 'disables KSN usage' },
  ],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!isAccepted(ksn)) return;
    const enabled = orDefault(ksn.enabled, false);
    const version = wellFormed(ksn.statement!.version);
    if (typeof enabled !== 'boolean' || version === undefined) return;
    if (requiredStatement(project, document) === version) return;
    const required = requirementOf(project, document);
    if (!required) return;
    const follows = isOn(ksn)
      ? 'KSN usage goes on as saved, but nothing can be saved again without a new acceptance'
      : 'KSN usage is off, and cannot be enabled without a new acceptance';
    return {
      message: `Statement version ${version} is accepted, but ${required.plugin} carries version ${required.version}: ${follows}.`,
      anchor: value('/ksn/statement/version'),
      related: required.related,
      fixes: [consentTo(required), ...(isOn(ksn) ? [disableKsn] : [])],
      weaker: !isOn(ksn),
      value: [version, required.version],
    };
  },
});
