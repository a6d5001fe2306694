import { value } from '../../syntax/anchor';
import { namesakes } from '../../project/names';
import { rule } from '../rule';
import { policyFile } from '../sample';

/** More places than anybody would look at are only counted. */
const shown = 5;

export const nameDuplicate = rule({
  id: 'name-duplicate',
  category: 'document',
  severity: 'warning',
  summary: 'Another document of the same kind and group has the same name',
  dependsOnName: true,
  in: ['policy', 'device'],
  notExceptable: true,
  docs: {
    what: `Two policies with one name in the same administration group, or two devices. Policies of different groups
may share a name, and so may a policy and a device.`,
    why: `Whoever carries the settings into the console cannot tell which file stands for which policy, and for a device
two files say what holds on one host. Mostly one is a copy whose name was not changed.`,
    avoid: [
      {
        title: 'A copy that kept its name',
        files: [
          policyFile('Workstations pilot', {
            name: 'Workstations',
            administrationGroup: 'Managed devices/Workstations',
            status: 'inactive',
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } }),
        ],
      },
    ],
    prefer: [
      {
        title: 'A name of its own',
        files: [
          policyFile('Workstations pilot', {
            administrationGroup: 'Managed devices/Workstations',
            status: 'inactive',
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } }),
        ],
      },
    ],
    related: ['policy-duplicate-active'],
  },
  check(document, { project }) {
    const others = namesakes(project, document);
    if (others.length === 0) return;
    const { kind, name, administrationGroup } = document.facts;
    const paths = others.slice(0, shown).map(({ path }) => path);
    const more = others.length > shown ? ` and ${others.length - shown} more` : '';
    return {
      message: `The group "${String(administrationGroup)}" has more than one ${kind} with the name "${String(name)}" (also in ${paths.join(', ')}${more}): in the console nobody can tell which file is meant.`,
      anchor: value('/name'),
      related: paths.map((path) => ({
        path,
        anchor: value('/name'),
        message: `This ${kind} of the same group has the same name.`,
      })),
      value: name,
    };
  },
});
