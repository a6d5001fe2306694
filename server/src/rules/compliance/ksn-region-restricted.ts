import { value } from '../../syntax/anchor';
import { isOn } from '../../project/effective';
import type { Found } from '../finding';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';
import { disableKsn } from '../statement/disable-ksn';

export const ksnRegionRestricted = rule({
  id: 'ksn-region-restricted',
  category: 'compliance',
  severity: 'warning',
  summary: 'KSN usage is on in a region where KSN may not be available',
  in: ['policy', 'device'],
  docs: {
    what: `KSN usage is on, and one of the document's \`regions\` is among the config's \`restrictedRegions\`.`,
    why: `Where KSN is not available, *Enable KSN usage* promises a protection that the devices do not get. Whether it is
available for yours is for you to find out; this rule makes sure that somebody does. Where it is and its use is approved,
take the region from \`restrictedRegions\` or record an exception with the approval.`,
    avoid: [
      {
        title: 'On in the United States',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            regions: ['US'],
            ksn: {
              enforcement: 'enforce',
              enabled: true,
              statement: acceptedStatement('2024-05'),
            },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Off in the United States',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            regions: ['US'],
            ksn: { enforcement: 'enforce', enabled: false },
          }),
        ],
      },
      {
        title: 'On, with the approval recorded',
        files: [
          policyFile('Boston', {
            administrationGroup: 'Managed devices/Americas/Boston',
            regions: ['US'],
            ksn: {
              enforcement: 'enforce',
              enabled: true,
              statement: acceptedStatement('2024-05'),
            },
            exceptions: [
              {
                rule: 'ksn-region-restricted',
                reason: 'Availability confirmed for this site in CHG-1042.',
                approvedBy: 'Head of IT security',
                expires: '2040-12-31',
              },
            ],
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    configuration:
      '`restrictedRegions` (also in `overrides`): the region codes to watch; `["US"]` where it is not given.',
    related: ['ksn-acceptance-required'],
  },
  fixes: [{ kind: 'choice', does: 'disables KSN usage' }],
  check(document, { settings }) {
    const { ksn, regions } = document.facts;
    if (!isOn(ksn)) return;
    const found: Found[] = [];
    regions.forEach((region, i) => {
      if (typeof region !== 'string' || regions.indexOf(region) < i) return;
      if (!settings.restrictedRegions.includes(region)) return;
      found.push({
        message: `KSN usage is on for devices in region ${region}, where KSN may not be available: the devices may be working without it.`,
        anchor: value(`/regions/${i}`),
        fixes: [disableKsn],
        value: region,
      });
    });
    return found;
  },
});
