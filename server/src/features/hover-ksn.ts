import { malformed, wellFormed, type Stated } from '../model/facts';
import { isPolicy, type DeviceDocument, type Document, type PolicyDocument } from '../project/document';
import { deviations, requiredStatement, settled, sourceOf } from '../project/effective';
import { acceptanceDue, isDeviceAtRisk } from '../project/outcome';
import { Ambiguity } from '../project/project';
import { code, escaped } from '../engine/markdown';
import { nameOf } from './names';
import { hostLines, stateOf } from './outcome-words';
import { documentOf, type Scene } from './scene';
import { recordNotice } from './switches';

type Subject = PolicyDocument | DeviceDocument;

/** What holds for the KSN group of this document, which document decides it, and what follows on hosts. */
export function explainKsn(scene: Scene, pointer: string): string {
  const document = documentOf(scene) as Subject;
  const lines = [decision(scene, document, pointer)];
  if (isPolicy(document)) {
    const hosts = hostLines(scene.project, document);
    if (document.facts.status === 'inactive') {
      lines.push('This policy is inactive: none of this is applied. If it were active:');
    }
    lines.push(
      hosts.length === 0
        ? 'No agents are known here, so that what happens on hosts can’t be told: list them in `agents` of the config.'
        : hosts
            .slice(0, 8)
            .map((line) => `- ${escaped(line)}`)
            .join('\n'),
    );
    if (hosts.length > 8) lines.push(`…and ${hosts.length - 8} more kinds of agent.`);
    if (acceptanceDue(scene.project, document)) lines.push(due(scene, document));
  } else {
    lines.push(explainAgent(scene)!);
  }
  return lines.join('\n\n');
}

/** What becomes of KSN on the host of a device; `undefined` for a policy. */
export function explainAgent(scene: Scene): string | undefined {
  const document = documentOf(scene) as Subject;
  if (isPolicy(document)) return undefined;
  const risk = isDeviceAtRisk(scene.project, document)
    ? ', but at risk: other agents of its policy switch it off in the policy, and this host may follow'
    : '';
  return `On this host KSN is ${escaped(stateOf(scene.project, document).text)}${risk}.`;
}

function due(scene: Scene, policy: PolicyDocument): string {
  const required = wellFormed(requiredStatement(scene.project, policy));
  if (settled(policy.facts.ksn).accepted === false) {
    const notAccepted = 'The Statement is not accepted, so that the policy can’t be saved with KSN on';
    return required === undefined
      ? `${notAccepted}. Which one the plug-in carries is not known: \`plugin.statementVersion\` of the config says it.`
      : `${notAccepted}: required is ${code(required)}.`;
  }
  return required === undefined
    ? 'Which Statement the plug-in carries is not known, so that it can’t be told whether the policy could be saved again as it is.'
    : `Acceptance is due: the policy goes on working as saved, but can’t be saved again before Statement ${code(required)} is accepted.`;
}

function decision(scene: Scene, document: Subject, pointer: string): string {
  const source = sourceOf(scene.project, document);
  if (!source.known) {
    return source.because instanceof Ambiguity
      ? `What holds can’t be told: the group ${code(source.because.group.path)} has no single active policy.`
      : `What holds can’t be told: a member of ${quoted(source.because)} that decides it is malformed.`;
  }
  const by = source.by as Subject;
  const own = by === document;
  const value = effectiveValue(by, pointer);
  const holds = value === undefined ? 'the whole group' : code(JSON.stringify(value));
  const lost = own ? [] : deviations(document.facts.ksn, by.facts.ksn);
  const undefinedGroup = isPolicy(document) && own && !source.enforced;
  const effective = undefinedGroup
    ? `Saved, not applied: ${holds}. The group is Undefined, so that each device keeps its own setting.`
    : `Effective: ${holds}, decided by ${own ? 'this file' : `${quoted(by)}, which enforces its group above`}.`;
  return lost.length === 0
    ? effective
    : `${effective} What this file states otherwise has no effect (${lost.map((each) => code(each.member)).join(', ')}).`;
}

function effectiveValue(by: Document, pointer: string): boolean | string | undefined {
  const { ksn } = by.facts!;
  const values: Record<string, Stated<boolean | string>> = {
    '/ksn/enabled': settled(ksn).enabled,
    '/ksn/useKscAsKsnProxy': settled(ksn).useKscAsKsnProxy,
    '/ksn/enforcement': isPolicy(by) ? (ksn.enforcement ?? 'undefined') : undefined,
    '/ksn/statement/version': ksn.statement?.version,
  };
  const value = values[pointer];
  return value === malformed ? undefined : value;
}

/** What was accepted, by whom, against what is required. */
export function explainStatement(scene: Scene, pointer = '/ksn/statement/version'): string {
  const document = documentOf(scene) as Subject;
  const statement = document.facts.ksn.statement;
  const required = requiredStatement(scene.project, document);
  const lines: string[] = [];
  const version = statement && wellFormed(statement.version);
  if (statement?.accepted === true) {
    const by = wellFormed(statement.acceptedBy);
    const at = wellFormed(statement.acceptedAt);
    const who = `${by ? ` by ${escaped(by)}` : ''}${at ? ` at ${escaped(at)}` : ''}`;
    lines.push(
      `Recorded as accepted: ${version === undefined ? 'a version that can’t be read' : code(version)}${who}.`,
    );
  } else lines.push('Not recorded as accepted.');
  if (required === undefined || required === malformed) {
    lines.push('Which Statement is required is not known: `plugin.statementVersion` of the config says it.');
  } else {
    const compared =
      version === undefined ? '' : version === required ? ', the same version' : ', another version';
    lines.push(`Required by the managing plug-in: ${code(required)}${compared}.`);
  }
  const source = sourceOf(scene.project, document);
  if (source.known && source.by !== document) lines.push(decision(scene, document, '/ksn/statement/version'));
  const text = catalogueLanguages(scene, version);
  if (text) lines.push(text);
  // The description of the whole says it already.
  if (pointer !== '/ksn/statement') lines.push(recordNotice);
  return lines.join('\n\n');
}

function catalogueLanguages(scene: Scene, version: string | undefined): string | undefined {
  const entry = scene.project.config?.facts.statements.find((each) => each.version === version);
  if (version === undefined || !entry) return undefined;
  const languages = entry.texts.flatMap((text) => wellFormed(text.language) ?? []);
  return `Texts in the catalogue: ${languages.map((language) => code(language)).join(', ') || 'none'}.`;
}

const quoted = (document: Document): string => `“${escaped(nameOf(document))}”`;
