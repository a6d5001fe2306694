import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { Found } from '../finding';
import { rule } from '../rule';
import { configFile, policyFile } from '../sample';
import { groupsOfAgents, knownGroups, type KnownGroups } from './known-groups';

export const administrationGroupUnknown = rule({
  id: 'administration-group-unknown',
  category: 'compliance',
  severity: 'warning',
  summary: 'An administration group that the config does not list',
  in: ['policy', 'device', 'config'],
  docs: {
    what: `The administration group of a policy or a device, or of an entry of the config's \`agents\`, is not in the
config's \`administrationGroups\`. Where the config lists no groups, nothing is said.`,
    why: `A mistyped group is a group of its own: the policy is the parent of nobody, the device gets the settings of
another policy, and the agents are counted where no policy reaches them. Everything that depends on the hierarchy is
then judged wrongly without a word.`,
    avoid: [
      {
        title: 'A mistyped group',
        files: [
          policyFile('Workstations', {
            administrationGroup: 'Managed devices/EMEA/Workstatoins',
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({
            administrationGroups: [
              'Managed devices',
              'Managed devices/EMEA',
              'Managed devices/EMEA/Workstations',
            ],
          }),
        ],
      },
    ],
    prefer: [
      {
        title: 'A group that exists',
        files: [
          policyFile('Workstations', {
            administrationGroup: 'Managed devices/EMEA/Workstations',
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({
            administrationGroups: [
              'Managed devices',
              'Managed devices/EMEA',
              'Managed devices/EMEA/Workstations',
            ],
          }),
        ],
      },
    ],
    configuration:
      '`administrationGroups`: the groups that exist in Kaspersky Security Center. Without it the rule is silent.',
    related: ['policy-duplicate-active'],
  },
  fixes: [{ kind: 'choice', does: 'names the nearest group' }],
  check(document, { project }) {
    const known = knownGroups(project.config);
    if (!known) return;
    if ('texts' in document) {
      return groupsOfAgents(document).flatMap(({ path, pointer }) => unknown(path, pointer, known));
    }
    const path = wellFormed(document.facts.administrationGroup);
    return path === undefined ? [] : unknown(path, '/administrationGroup', known);
  },
});

function unknown(path: string, pointer: string, known: KnownGroups): Found[] {
  if (known.has(path)) return [];
  const meant = known.nearest(path);
  return [
    {
      message: `The config lists no administration group "${path}": if it is mistyped, what is said of it holds for no device${meant ? `; did you mean "${meant}"?` : '.'}`,
      anchor: value(pointer),
      fixes: meant
        ? [{ kind: 'choice', title: `Change to "${meant}"`, changes: [{ op: 'set', pointer, value: meant }] }]
        : [],
      value: path,
    },
  ];
}
