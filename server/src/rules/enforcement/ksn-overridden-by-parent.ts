import { key } from '../../syntax/anchor';
import { deviations, effectiveGroup } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';
import { differences, nameOf, otherSide, statesAnything, takeOver } from './deviation';

const parent = policyFile('All devices', {
  administrationGroup: 'Managed devices',
  ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
});
const config = configFile({ plugin: pluginWith('2024-05') });

export const ksnOverriddenByParent = rule({
  id: 'ksn-overridden-by-parent',
  category: 'enforcement',
  severity: 'warning',
  summary: 'A parent policy enforces other KSN settings: those of this policy have no effect',
  in: ['policy'],
  docs: {
    what: `A policy above enforces its KSN group, this policy inherits, and it states another value of *Enable KSN usage*,
*Use Kaspersky Security Center as a KSN proxy server* or the version of the KSN Statement. What a policy leaves out or
states alike is no deviation.`,
    why: `What is enforced above overwrites what the policy says itself. Whoever reads the file takes its values for those
of the devices, and they are not.`,
    avoid: [
      {
        title: 'Off here, but enforced on above',
        files: [
          policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } }),
          parent,
          config,
        ],
      },
    ],
    prefer: [
      {
        title: 'Left to the parent policy',
        files: [policyFile('Workstations', { ksn: {} }), parent, config],
      },
      {
        title: 'Inheritance declined: the values of the policy itself hold',
        files: [
          policyFile('Workstations', {
            inheritance: { inheritFromParent: false },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          parent,
          config,
        ],
      },
    ],
    related: ['policy-inheritance-forced', 'ksn-device-setting-overridden'],
  },
  fixes: [
    { kind: 'choice', does: "takes over the parent's `enabled` and `useKscAsKsnProxy`; never an acceptance" },
  ],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!statesAnything(ksn)) return;
    const group = effectiveGroup(project, document);
    if (!group.known || group.by === document) return;
    const deviating = deviations(ksn, group.by.facts.ksn);
    if (deviating.length === 0) return;
    return {
      message: `The policy "${nameOf(group.by)}" above enforces other values, and this policy inherits them: what it says itself has no effect (${differences(deviating)}).`,
      anchor: key('/ksn'),
      related: otherSide(group.by, deviating),
      fixes: takeOver(ksn, deviating, group.by),
      value: deviating.map(({ member, own, above }) => [member, own, above ?? null]),
    };
  },
});
