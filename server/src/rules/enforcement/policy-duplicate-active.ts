import { value } from '../../syntax/anchor';
import { orDefault } from '../../model/facts';
import type { PolicyDocument } from '../../project/document';
import { activePolicy, Ambiguity } from '../../project/project';
import { rule } from '../rule';
import { policyFile } from '../sample';
import { nameOf } from './deviation';

const workstations = policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } });
const pilot = (status: string) =>
  policyFile('Pilot', {
    administrationGroup: 'Managed devices/Workstations',
    status,
    ksn: { enforcement: 'enforce', enabled: false },
  });

/** More policies than anybody would look at are left out. */
const shown = 5;

export const policyDuplicateActive = rule({
  id: 'policy-duplicate-active',
  category: 'enforcement',
  severity: 'error',
  summary: 'Two active policies in one administration group',
  in: ['policy'],
  docs: {
    what: `The policy is active, and so is another policy of the same administration group. A policy is active where
\`status\` is not given. Inactive and out-of-office policies do not count.`,
    why: `One policy of a group is active in Kaspersky Security Center. Which of these is in force cannot be told, so
neither is taken: what depends on it, for the devices of the group and the groups below, is not judged until one of them
gives way.`,
    avoid: [
      { title: 'A pilot beside the policy that it is to replace', files: [workstations, pilot('active')] },
    ],
    prefer: [{ title: 'The pilot is prepared, but not active', files: [workstations, pilot('inactive')] }],
    related: ['policy-inactive', 'name-duplicate'],
  },
  fixes: [{ kind: 'choice', does: 'makes this policy inactive' }],
  check(document, { project }) {
    if (!isActive(document)) return;
    const group = project.groupOf(document);
    const active = group && activePolicy(group);
    if (!(active instanceof Ambiguity)) return;
    const named: PolicyDocument[] = [];
    for (const other of active.policies) {
      if (other !== document && isActive(other)) named.push(other);
      if (named.length > shown) break;
    }
    if (named.length === 0) return;
    const more = named.length > shown ? ' and others' : '';
    named.length = Math.min(named.length, shown);
    const names = named.map((other) => `"${nameOf(other)}"`).join(', ');
    return {
      message: `The administration group "${active.group.path}" has more than one active policy (besides this one, ${names}${more}): which of them is in force cannot be told, so none is taken.`,
      anchor: value('/status'),
      related: named.map((other) => ({
        path: other.path,
        anchor: value('/status'),
        message: `"${nameOf(other)}" is active in the same administration group.`,
      })),
      fixes: [
        {
          kind: 'choice',
          title: 'Make this policy inactive',
          changes: [{ op: 'set', pointer: '/status', value: 'inactive' }],
        },
      ],
      value: 'active',
    };
  },
});

function isActive({ facts }: PolicyDocument): boolean {
  return orDefault(facts.status, 'active') === 'active';
}
