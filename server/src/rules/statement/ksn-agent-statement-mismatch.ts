import { value } from '../../syntax/anchor';
import { malformed, wellFormed } from '../../model/facts';
import type { DeviceDocument, PolicyDocument } from '../../project/document';
import { effectiveGroup, isAccepted, isOn, sourceOf } from '../../project/effective';
import type { HostCount } from '../../project/hosts';
import type { Project } from '../../project/project';
import type { Found } from '../finding';
import { rule } from '../rule';
import { acceptedStatement, configFile, deviceFile, pluginWith, policyFile } from '../sample';
import { affectedAgents, type AgentKind } from './affected-agents';
import { disableKsn } from './disable-ksn';
import { inThousands } from '../../syntax/shown';

const workstations = policyFile('Workstations', {
  ksn: { enforcement: 'enforce', enabled: true, statement: acceptedStatement('2024-05') },
});
const older = { version: '3.14', statementVersion: '2023-10' };
const current = { version: '3.16', statementVersion: '2024-05' };

export const ksnAgentStatementMismatch = rule({
  id: 'ksn-agent-statement-mismatch',
  category: 'statement',
  severity: 'error',
  summary: 'Agents carry another KSN Statement than is applied to them: KSN usage is switched off there',
  in: ['policy', 'device'],
  docs: {
    what: `A policy enforces KSN usage with an accepted Statement, and an agent that it reaches carries another version:
an entry of the config's \`agents\`, or the \`agent\` of a device document. One finding a policy names every agent. Of a
device: its own settings are in effect, KSN usage is on and accepted, and its \`agent\` carries another version.

A policy reaches agents that may be anywhere, those of groups above its own (their hosts may be there), and those of its
group and below it, as far as no other policy decides there. A device that an entry of the config counts already is not
counted again.`,
    why: `Where the Statement of an applied policy is not the one in the agent on the host, KSN usage is switched off on
the host and in the policy itself, and nobody is told. Agents that carry the right version would then probably lose KSN
usage too, since the policy that they follow no longer enables it.`,
    avoid: [
      {
        title: 'Part of the agents is not updated yet',
        files: [
          workstations,
          configFile({
            plugin: pluginWith('2024-05'),
            agents: [
              { ...older, hosts: 1200 },
              { ...current, hosts: 300 },
            ],
          }),
        ],
      },
      {
        title: 'A device that the policy reaches',
        files: [
          workstations,
          deviceFile('NB-0042', { agent: older, ksn: {} }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
      {
        title: "A device's own settings",
        files: [
          deviceFile('NB-0042', {
            agent: older,
            ksn: { enabled: true, statement: acceptedStatement('2024-05') },
          }),
          configFile({ plugin: pluginWith('2024-05') }),
        ],
      },
    ],
    prefer: [
      {
        title: 'Policy and agents carry the same Statement',
        files: [
          workstations,
          configFile({ plugin: pluginWith('2024-05'), agents: [{ ...current, hosts: 1500 }] }),
        ],
      },
      {
        title: 'The older agents are in a group whose own policy has KSN usage off',
        files: [
          workstations,
          policyFile('Kiosks', {
            administrationGroup: 'Managed devices/Workstations/Kiosks',
            inheritance: { inheritFromParent: false },
            ksn: { enforcement: 'enforce', enabled: false },
          }),
          configFile({
            plugin: pluginWith('2024-05'),
            agents: [{ ...older, hosts: 40, administrationGroups: ['Managed devices/Workstations/Kiosks'] }],
          }),
        ],
      },
    ],
    configuration:
      '`agents` (also in `overrides`): which agents are in the field, which Statement they carry, how many hosts they are on and in which groups.',
    related: ['ksn-statement-version-mismatch', 'plugin-outdated'],
  },
  fixes: [{ kind: 'choice', does: 'disables KSN usage' }],
  check(document, { project }) {
    const { ksn } = document.facts;
    if (!isOn(ksn) || !isAccepted(ksn)) return;
    const statement = wellFormed(ksn.statement!.version);
    if (statement === undefined) return;
    return document.facts.kind === 'policy'
      ? ofPolicy(project, document as PolicyDocument, statement)
      : ofDevice(project, document as DeviceDocument, statement);
  },
});

function ofPolicy(project: Project, policy: PolicyDocument, statement: string): Found | undefined {
  const { ksn, status } = policy.facts;
  if (ksn.enforcement !== 'enforce' || status === 'inactive' || status === malformed) return;
  const group = effectiveGroup(project, policy);
  if (!group.known || group.by !== policy) return;
  const { mismatching, matching, places } = affectedAgents(project, policy, statement);
  if (mismatching.length === 0) return;
  const risk = hostsIn(matching);
  const others = risk
    ? `; besides, ${risk} whose agents carry this version would then probably lose KSN usage too`
    : '';
  return {
    message: `Statement version ${statement} is not the one that is carried by ${mismatching.map(described).join(' and ')}: KSN usage will be switched off there and in the policy itself, and nobody is told${others}.`,
    anchor: value('/ksn/statement/version'),
    related: places,
    fixes: [disableKsn],
    value: [statement, ...new Set(mismatching.map((agent) => agent.statement).sort())],
  };
}

function ofDevice(project: Project, device: DeviceDocument, statement: string): Found | undefined {
  const carried = wellFormed(device.facts.agent.statementVersion);
  if (carried === undefined || carried === statement) return;
  const source = sourceOf(project, device);
  if (!source.known || source.by !== device) return;
  const version = wellFormed(device.facts.agent.version);
  return {
    message: `Statement version ${statement} is not the one that agent ${version ?? '(version unknown)'} on this host carries, ${carried}: KSN usage will be switched off on the host, and nobody is told.`,
    anchor: value('/ksn/statement/version'),
    related: [
      {
        path: device.path,
        anchor: value('/agent/statementVersion'),
        message: `The agent carries Statement version ${carried}.`,
      },
    ],
    fixes: [disableKsn],
    value: [statement, carried],
  };
}

function described({ version, statement, hosts }: AgentKind): string {
  const agent = version === undefined ? 'an agent of unknown version' : `agent ${version}`;
  return `${hostsIn(hosts)!} with ${agent} (Statement version ${statement})`;
}

/** Hosts in words; `undefined` where there are none. */
function hostsIn({ hosts, uncounted }: HostCount): string | undefined {
  if (hosts === 0) return uncounted ? 'an unknown number of hosts' : undefined;
  const number = `${inThousands(hosts)} ${hosts === 1 ? 'host' : 'hosts'}`;
  return uncounted ? `${number} and an unknown number of others` : number;
}
