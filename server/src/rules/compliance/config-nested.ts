import { startOfFile } from '../../syntax/anchor';
import { rule } from '../rule';
import { configFile } from '../sample';

export const configNested = rule({
  id: 'config-nested',
  category: 'compliance',
  severity: 'warning',
  summary: 'A config below the folder of another config',
  in: ['config'],
  docs: {
    what: `A \`kea-policy.config.json\` in a folder below that of another one. It makes its folder a project of its own.
It is reported at the start of the inner file, and the outer config alone sets the severity.`,
    why: `The policies of that folder leave the outer project: its plug-in, agents, approvers and severities no longer
hold for them, and rules that look across files no longer see them. Whoever may write to that folder could loosen every
rule for it. Settings for some files belong into \`overrides\` of the one config.`,
    avoid: [
      {
        title: 'A folder that has taken itself out',
        files: [
          configFile({ rules: { 'ksn-region-restricted': 'error' } }),
          { path: 'americas/kea-policy.config.json', content: { rules: { 'ksn-region-restricted': 'off' } } },
        ],
      },
    ],
    prefer: [
      {
        title: 'One config, with an override for the folder',
        files: [
          configFile({
            rules: { 'ksn-region-restricted': 'error' },
            overrides: [{ files: ['americas/**'], rules: { 'ksn-region-restricted': 'info' } }],
          }),
        ],
      },
    ],
    configuration:
      '`ignore`: a folder that is left out has no config either. `kea-policy validate --config FILE` ignores nested configs altogether.',
    related: ['document-unreadable'],
  },
  check(document, { project }) {
    return project.nestedConfigs.map((path) => {
      const folder = path.slice(0, path.lastIndexOf('/'));
      return {
        message: `This config lies below that of "${document.path}" and takes the folder "${folder}" out of its project: none of the settings there hold for the files here.`,
        path,
        anchor: startOfFile,
        related: [{ path: document.path, anchor: startOfFile, message: 'The outer config.' }],
      };
    });
  },
});
