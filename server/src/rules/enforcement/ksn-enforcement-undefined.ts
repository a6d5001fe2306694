import { value } from '../../syntax/anchor';
import { malformed, type KsnFacts } from '../../model/facts';
import { effectiveGroup } from '../../project/effective';
import { rule } from '../rule';
import { policyFile } from '../sample';
import { inWords } from './deviation';

export const ksnEnforcementUndefined = rule({
  id: 'ksn-enforcement-undefined',
  category: 'enforcement',
  severity: 'warning',
  summary: 'KSN settings are stated in a group that is Undefined: saved, but not applied',
  in: ['policy'],
  docs: {
    what: `The effective KSN group of the policy is *Undefined*, and the policy states *Enable KSN usage*, *Use Kaspersky
Security Center as a KSN proxy server* or a KSN Statement, whatever their values. \`enforcement\` is \`undefined\` where it
is not given.`,
    why: `*Undefined* is not off. The values are saved, but not applied: each device keeps its own settings. A policy that
says \`"enabled": false\` in an *Undefined* group does not keep KSN usage off anywhere, and one that says \`true\` does not
turn it on.`,
    avoid: [
      {
        title: 'Meant to be off everywhere, but applied nowhere',
        files: [policyFile('Workstations', { ksn: { enabled: false } })],
      },
      {
        title: 'Undefined in so many words',
        files: [policyFile('Workstations', { ksn: { enforcement: 'undefined', useKscAsKsnProxy: false } })],
      },
    ],
    prefer: [
      {
        title: 'Off, and enforced',
        files: [policyFile('Workstations', { ksn: { enforcement: 'enforce', enabled: false } })],
      },
      {
        title: 'Nothing stated: the devices decide, and the policy says nothing else',
        files: [policyFile('Workstations', { ksn: { enforcement: 'undefined' } })],
      },
    ],
    related: ['ksn-device-setting-wins', 'policy-inactive'],
  },
  fixes: [{ kind: 'choice', does: 'switches the group to *Enforce*' }],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (ksn.enforcement === 'enforce') return;
    const stated = statedIn(ksn);
    if (stated.length === 0) return;
    const group = effectiveGroup(project, document);
    if (!group.known || group.enforced) return;
    const pointer = '/ksn/enforcement';
    return {
      message: `The KSN group is Undefined: what the policy says (${stated.join(', ')}) is saved, but not applied, and each device keeps its own settings.`,
      anchor: value(pointer),
      fixes: [
        { kind: 'choice', title: 'Switch to Enforce', changes: [{ op: 'set', pointer, value: 'enforce' }] },
      ],
      value: 'undefined',
    };
  },
});

/** What a KSN group states, in words; what is malformed says nothing. */
function statedIn({ enabled, useKscAsKsnProxy, statement }: KsnFacts): string[] {
  const stated: string[] = [];
  if (typeof enabled === 'boolean') stated.push(inWords.enabled(enabled));
  if (typeof useKscAsKsnProxy === 'boolean') stated.push(inWords.useKscAsKsnProxy(useKscAsKsnProxy));
  if (typeof statement?.version === 'string') stated.push(inWords['statement.version'](statement.version));
  else if (statement && statement.accepted !== malformed) stated.push('a KSN Statement');
  return stated;
}
