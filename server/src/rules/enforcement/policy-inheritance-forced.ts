import { value } from '../../syntax/anchor';
import { forcedBy } from '../../project/effective';
import { rule } from '../rule';
import { policyFile } from '../sample';
import { nameOf } from './deviation';

const workstations = policyFile('Workstations', {
  inheritance: { inheritFromParent: false },
  ksn: { enforcement: 'enforce' },
});
const parent = (forceInChildren: boolean) =>
  policyFile('All devices', {
    administrationGroup: 'Managed devices',
    inheritance: { forceInChildren },
    ksn: { enforcement: 'enforce', enabled: false },
  });

export const policyInheritanceForced = rule({
  id: 'policy-inheritance-forced',
  category: 'enforcement',
  severity: 'warning',
  summary: 'The policy declines inheritance that a policy above forces',
  in: ['policy'],
  docs: {
    what: `*Inherit settings from parent policy* is off, and a policy in the chain of parents, not only the nearest one,
has *Force inheritance of settings in child policies* on.`,
    why: `The policy inherits all the same: what is enforced above overwrites what it says itself. Whoever reads the file
takes it for a policy that decides for itself.`,
    avoid: [{ title: 'Declined here, forced above', files: [workstations, parent(true)] }],
    prefer: [{ title: 'Declined where nobody forces it', files: [workstations, parent(false)] }],
    related: ['ksn-overridden-by-parent'],
  },
  fixes: [{ kind: 'choice', does: 'lets the policy inherit' }],
  check(document, { project }) {
    if (document.facts.inheritFromParent !== false) return;
    const forcing = forcedBy(project, document);
    if (typeof forcing !== 'object') return;
    const pointer = '/inheritance/inheritFromParent';
    return {
      message: `The policy declines to inherit settings from its parent policy, but "${nameOf(forcing)}" above forces inheritance in child policies: it inherits all the same.`,
      anchor: value(pointer),
      related: [
        {
          path: forcing.path,
          anchor: value('/inheritance/forceInChildren'),
          message: `"${nameOf(forcing)}" forces inheritance of settings in child policies.`,
        },
      ],
      fixes: [
        {
          kind: 'choice',
          title: 'Inherit settings from parent policy',
          changes: [{ op: 'set', pointer, value: true }],
        },
      ],
      value: false,
    };
  },
});
