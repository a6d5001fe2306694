import { wellFormed } from '../model/facts';
import { compareVersions, kmpNotConfigurableFrom } from '../model/version';
import { isPolicy, type Document, type PolicyDocument } from '../project/document';
import { forcedBy, managingPlugin } from '../project/effective';
import { Ambiguity, parentOf, policyInForce, type ActivePolicy } from '../project/project';
import { code, escaped } from '../engine/markdown';
import { nameOf, plural } from './names';
import { childrenOf, devicesOf } from './family';
import { documentOf, type Scene } from './scene';

/** What the administration group means for a document: which policy is in force there, and what is below. */
export function explainGroup(scene: Scene): string | undefined {
  const document = documentOf(scene)!;
  const group = scene.project.groupOf(document);
  if (!group) return undefined;
  const lines = [
    `Policy in force in this group: ${told(policyInForce(group), 'none, so that each device keeps its own setting')}.`,
  ];
  if (isPolicy(document)) lines.push(parentLine(scene, document), familyLine(scene, document));
  return lines.join('\n\n');
}

function parentLine(scene: Scene, policy: PolicyDocument): string {
  if (policy.facts.status === 'outOfOffice') return 'An out-of-office policy has no parent.';
  return `Parent policy: ${told(parentOf(scene.project, policy), 'none')}.`;
}

function familyLine(scene: Scene, policy: PolicyDocument): string {
  const children = childrenOf(scene.project, policy);
  const devices = devicesOf(scene.project, policy).length;
  return `${plural(children.length, 'child policy', 'child policies')}, ${plural(devices, 'device')} in this project.`;
}

export function explainStatus(scene: Scene): string | undefined {
  const document = documentOf(scene)!;
  const group = scene.project.groupOf(document);
  if (!group || !isPolicy(document)) return undefined;
  const others = group.policies.filter((other) => other !== document);
  return others.length === 0
    ? 'The only policy of its group in this project.'
    : `Other policies of the group: ${others
        .slice(0, 5)
        .map((other) => `${quoted(other)} (${escaped(wellFormed(other.facts.status) ?? 'active')})`)
        .join(', ')}${others.length > 5 ? ', …' : ''}.`;
}

export function explainInheritance(scene: Scene): string | undefined {
  const document = documentOf(scene)!;
  if (!isPolicy(document)) return undefined;
  const lines = [parentLine(scene, document)];
  const forced = forcedBy(scene.project, document);
  if (typeof forced === 'object') {
    lines.push(`${quoted(forced)} forces inheritance: declining it here has no effect.`);
  }
  return lines.join('\n\n');
}

export function explainPlugin(scene: Scene): string | undefined {
  const document = documentOf(scene)!;
  const managing = managingPlugin(scene.project, document);
  const version = managing && wellFormed(managing.version);
  if (version === undefined) return undefined;
  const lines = [
    `The plug-in that manages it now: ${code(version)}, ${
      wellFormed(managing!.statementVersion) === undefined
        ? 'its Statement is not known'
        : `carrying Statement ${code(wellFormed(managing!.statementVersion)!)}`
    }${scene.project.settings(document).plugin ? ' (from the config)' : ' (no other is named in the config)'}.`,
  ];
  if (compareVersions(version, kmpNotConfigurableFrom) >= 0) {
    lines.push('Kaspersky Managed Protection cannot be configured with plug-in 3.10 or later.');
  }
  return lines.join('\n\n');
}

function told(policy: ActivePolicy, none: string): string {
  if (policy === undefined) return none;
  if (policy instanceof Ambiguity)
    return `not to be told, since ${code(policy.group.path)} has no single active policy`;
  return quoted(policy);
}

const quoted = (document: Document): string => `“${escaped(nameOf(document))}”`;
