import { key } from '../../syntax/anchor';
import { deviations, sourceOf } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, deviceFile, pluginWith, policyFile } from '../sample';
import { differences, nameOf, otherSide, statesAnything } from './deviation';

const device = deviceFile('NB-0042', { ksn: { enabled: true, statement: acceptedStatement('2024-05') } });
const policy = (enforcement: string) =>
  policyFile('Workstations', {
    ksn: { enforcement, enabled: true, statement: acceptedStatement('2024-05') },
  });
const config = configFile({ plugin: pluginWith('2024-05') });

export const ksnDeviceSettingWins = rule({
  id: 'ksn-device-setting-wins',
  category: 'enforcement',
  severity: 'info',
  summary: 'The KSN group of the policy in force is Undefined: the values of this device win',
  in: ['device'],
  docs: {
    what: `The effective KSN group of the policy in force is *Undefined*, and the device states another value than that
group saves, its defaults filled in: of *Enable KSN usage*, *Use Kaspersky Security Center as a KSN proxy server* or the
version of the KSN Statement.`,
    why: `What an *Undefined* group says is not applied, so the values of the device hold on the host. That may well be
meant: it is said because the policy reads as if it were otherwise.`,
    avoid: [
      {
        title: 'On for this device, off in a policy that does not enforce it',
        files: [
          device,
          policyFile('Workstations', { ksn: { enforcement: 'undefined', enabled: false } }),
          config,
        ],
      },
    ],
    prefer: [
      { title: 'The policy says the same, and enforces it', files: [device, policy('enforce'), config] },
      { title: 'The policy saves the same', files: [device, policy('undefined'), config] },
    ],
    related: ['ksn-enforcement-undefined', 'ksn-device-setting-overridden'],
  },
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!statesAnything(ksn)) return;
    const source = sourceOf(project, document);
    if (!source.known || source.by !== document || !source.policy) return;
    const deviating = deviations(ksn, source.policy.facts.ksn);
    if (deviating.length === 0) return;
    return {
      message: `The KSN group of the policy "${nameOf(source.policy)}" is Undefined, so the values of this device win: ${differences(deviating)}.`,
      anchor: key('/ksn'),
      related: otherSide(source.policy, deviating),
      value: deviating.map(({ member, own, above }) => [member, own, above ?? null]),
    };
  },
});
