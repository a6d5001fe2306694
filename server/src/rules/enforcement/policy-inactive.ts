import { value } from '../../syntax/anchor';
import { isOn } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

const policy = (status: string) =>
  policyFile('Workstations', {
    status,
    ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
  });
const config = configFile({ plugin: pluginWith('2024-05') });

export const policyInactive = rule({
  id: 'policy-inactive',
  category: 'enforcement',
  severity: 'info',
  summary: 'KSN usage is on in an inactive policy: not applied',
  in: ['policy'],
  docs: {
    what: `The \`status\` of the policy is \`inactive\`, and *Enable KSN usage* is selected in it.`,
    why: `An inactive policy is applied to no device and is nobody's parent: KSN usage is on in the file, and on no host
because of it. It begins the moment somebody makes the policy active.`,
    avoid: [{ title: 'On, but not active', files: [policy('inactive'), config] }],
    prefer: [
      { title: 'On, and active', files: [policy('active'), config] },
      {
        title: 'Inactive, with KSN usage off',
        files: [
          policyFile('Workstations', { status: 'inactive', ksn: { enforcement: 'enforce', enabled: false } }),
        ],
      },
    ],
    related: ['policy-duplicate-active', 'ksn-enforcement-undefined'],
  },
  check(document) {
    const { status, ksn } = document.facts;
    if (status !== 'inactive' || !isOn(ksn)) return;
    return {
      message:
        'The policy is inactive: KSN usage is on in it, but is not applied to any device until the policy is made active.',
      anchor: value('/status'),
      value: 'inactive',
    };
  },
});
