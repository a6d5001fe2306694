import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import { isAccepted, isOn, requiredStatement } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

export const ksnStatementVersionUnknown = rule({
  id: 'ksn-statement-version-unknown',
  category: 'statement',
  severity: 'info',
  summary: 'Which version of the KSN Statement is required is not known',
  in: ['policy', 'device'],
  docs: {
    what: `KSN usage is on and a Statement is accepted, but nothing says which version the managing plug-in carries:
neither the config's \`plugin\` nor, for a policy, the \`plugin\` in the file has a \`statementVersion\`.`,
    why: `Whether a new acceptance is due cannot be told, and what is not known is not taken for a match: without this
finding, a policy that nobody could check would look like one that was checked.`,
    avoid: [
      {
        title: 'The config names the plug-in, but not its Statement',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: { kind: 'web', version: '3.16' } }),
        ],
      },
    ],
    prefer: [
      {
        title: 'The config says which Statement the plug-in carries',
        files: [
          policyFile('Workstations', {
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
      {
        title: 'The policy says it of the plug-in that last saved it',
        files: [
          policyFile('Workstations', {
            plugin: pluginWith('2024-05'),
            ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
          }),
        ],
      },
    ],
    configuration:
      '`plugin.statementVersion` (also in `overrides`): the version that the managing plug-in carries.',
    related: ['ksn-statement-version-mismatch'],
  },
  fixes: [{ kind: 'open', does: 'opens the config at `plugin`, with nothing filled in' }],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!isOn(ksn) || !isAccepted(ksn)) return;
    const version = wellFormed(ksn.statement!.version);
    if (version === undefined || requiredStatement(project, document) !== undefined) return;
    const path = project.config?.path;
    return {
      message: `Statement version ${version} is accepted, but which version the managing plug-in carries is not known: whether a new acceptance is due cannot be told.`,
      anchor: value('/ksn/statement/version'),
      fixes:
        path === undefined
          ? []
          : [{ kind: 'open', title: 'Open the config at "plugin"', path, pointer: '/plugin' }],
      value: version,
    };
  },
});
