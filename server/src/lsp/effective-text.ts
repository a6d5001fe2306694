import { wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { effectiveAnswer } from '../insight/effective';
import { code, escaped } from '../engine/markdown';
import { nameOf } from '../features/names';
import { hostLines, stateOf } from '../features/outcome-words';
import type { EffectiveAnswer } from './protocol';
import { documentOf, type Scene } from '../features/scene';

/** What is in force for the document of a scene, as data and for reading; `undefined` for what is neither. */
export function effectiveFor(scene: Scene): EffectiveAnswer | undefined {
  const { project, uriOf } = scene;
  const document = documentOf(scene) as PolicyDocument | DeviceDocument | undefined;
  const answer = document && effectiveAnswer(project, document);
  if (!document?.facts || !answer) return undefined;
  const { state, text } = stateOf(project, document);
  const decided = answer.decidedBy === null ? undefined : project.document(answer.decidedBy);
  const enforcement =
    decided && isPolicy(decided) ? (wellFormed(decided.facts.ksn.enforcement) ?? 'undefined') : undefined;
  return {
    uri: uriOf(document.path),
    path: document.path,
    kind: answer.kind,
    name: nameOf(document),
    ...withoutNulls({ administrationGroup: answer.administrationGroup }),
    state,
    stateText: text,
    settings: { ...(enforcement && { enforcement }), ...withoutNulls(answer.settings) },
    ...(decided && { decidedBy: { uri: uriOf(decided.path), name: nameOf(decided) } }),
    ...withoutNulls({ requiredStatement: answer.requiredStatement }),
    acceptanceDue: answer.acceptanceDue,
    agents: answer.agents.map((agent) => {
      const device = agent.pointer === '/agent' ? project.document(agent.path) : undefined;
      return {
        ...(device && { device: nameOf(device) }),
        ...withoutNulls({
          version: agent.version,
          statementVersion: agent.statementVersion,
          hosts: agent.hosts,
        }),
        outcome: agent.outcome,
        atRisk: agent.atRisk,
      };
    }),
    reasons: answer.reasons.map(({ because }) => because),
    markdown: markdownOf(
      scene,
      document,
      text,
      answer.reasons.map(({ because }) => because),
    ),
  };
}

function markdownOf(
  { project }: Scene,
  document: PolicyDocument | DeviceDocument,
  state: string,
  reasons: readonly string[],
): string {
  const answer = effectiveAnswer(project, document)!;
  const { enabled, useKscAsKsnProxy, statementVersion, accepted } = answer.settings;
  const shown = (value: boolean | string | null): string =>
    value === null ? 'not to be told' : code(String(value));
  const hosts = isPolicy(document) ? hostLines(project, document) : [];
  return [
    `# ${escaped(nameOf(document))}: effective settings`,
    `KSN: **${escaped(state)}**`,
    [
      `- Enable KSN usage: ${shown(enabled)}`,
      `- Use Kaspersky Security Center as a KSN proxy server: ${shown(useKscAsKsnProxy)}`,
      `- KSN Statement: ${shown(statementVersion)}, ${accepted === true ? 'accepted' : 'not accepted'}`,
      `- Statement required: ${answer.requiredStatement === null ? 'not known' : code(answer.requiredStatement)}`,
      ...(answer.acceptanceDue
        ? ['- Acceptance is due before the policy can be saved again in the console']
        : []),
    ].join('\n'),
    '## Why',
    reasons.map((reason) => `- ${escaped(reason)}`).join('\n'),
    ...(hosts.length > 0 ? ['## On hosts', hosts.map((line) => `- ${escaped(line)}`).join('\n')] : []),
    '',
  ].join('\n\n');
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

function withoutNulls<T extends object>(members: T): Known<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Known<T>;
}
