import { key } from '../../syntax/anchor';
import { deviations, sourceOf } from '../../project/effective';
import type { PolicyDocument } from '../../project/document';
import { rule } from '../rule';
import { acceptedStatement, configFile, deviceFile, pluginWith, policyFile } from '../sample';
import { differences, nameOf, otherSide, statesAnything, takeOver } from './deviation';

const policy = policyFile('Workstations', {
  ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
});
const config = configFile({ plugin: pluginWith('2024-05') });

export const ksnDeviceSettingOverridden = rule({
  id: 'ksn-device-setting-overridden',
  category: 'enforcement',
  severity: 'warning',
  summary: 'The policy in force enforces other KSN settings: those of this device have no effect',
  in: ['device'],
  docs: {
    what: `The policy in force for the device (the active policy of its group, or of the nearest group above that has one)
has an enforced KSN group, its own or one that it inherits, and the device states another value of *Enable KSN usage*,
*Use Kaspersky Security Center as a KSN proxy server* or the version of the KSN Statement. What the device leaves out or
states alike is no deviation.`,
    why: `On the host the policy's values hold. Whoever reads the file of the device takes its values for those of the
host, and they are not.`,
    avoid: [
      {
        title: 'Off on the device, but enforced on by the policy',
        files: [deviceFile('NB-0042', { ksn: { enabled: false } }), policy, config],
      },
    ],
    prefer: [
      {
        title: 'Left to the policy',
        files: [deviceFile('NB-0042', { ksn: {} }), policy, config],
      },
    ],
    related: ['ksn-device-setting-wins', 'ksn-overridden-by-parent'],
  },
  fixes: [
    { kind: 'choice', does: "takes over the policy's `enabled` and `useKscAsKsnProxy`; never an acceptance" },
  ],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!statesAnything(ksn)) return;
    const source = sourceOf(project, document);
    if (!source.known || source.by === document) return;
    const policy = source.by as PolicyDocument;
    const deviating = deviations(ksn, policy.facts.ksn);
    if (deviating.length === 0) return;
    return {
      message: `The policy "${nameOf(policy)}" enforces other values on this device: what the device says itself has no effect (${differences(deviating)}).`,
      anchor: key('/ksn'),
      related: otherSide(policy, deviating),
      fixes: takeOver(ksn, deviating, policy),
      value: deviating.map(({ member, own, above }) => [member, own, above ?? null]),
    };
  },
});
