import { key } from '../../syntax/anchor';
import { malformed } from '../../model/facts';
import { rule } from '../rule';
import { deviceFile } from '../sample';

export const ksnEnforcementOnDevice = rule({
  id: 'ksn-enforcement-on-device',
  category: 'enforcement',
  severity: 'error',
  summary: 'A device has no Undefined / Enforce switch',
  in: ['device'],
  docs: {
    what: `The \`ksn\` of a device has the member \`enforcement\`, whatever its value.`,
    why: `Only a policy has the *Undefined / Enforce* switch. In the application properties of a device there is none, and
the member has no effect: whether the device's values hold is decided by the policy in force.`,
    avoid: [
      {
        title: 'A switch that there is not',
        files: [deviceFile('NB-0042', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
    ],
    prefer: [
      {
        title: "The device's own settings alone",
        files: [deviceFile('NB-0042', { ksn: { enabled: false } })],
      },
    ],
    related: ['ksn-device-setting-overridden', 'ksn-device-setting-wins'],
  },
  fixes: [{ kind: 'safe', does: 'removes the member, which has no effect' }],
  check(document) {
    const { enforcement } = document.facts.ksn;
    if (enforcement === undefined || enforcement === malformed) return;
    const pointer = '/ksn/enforcement';
    return {
      message:
        'A device has no Undefined / Enforce switch: "enforcement" has no effect, and the policy in force decides whether the values of the device hold.',
      anchor: key(pointer),
      fixes: [{ kind: 'safe', title: 'Remove "enforcement"', changes: [{ op: 'remove', pointer }] }],
      value: enforcement,
    };
  },
});
