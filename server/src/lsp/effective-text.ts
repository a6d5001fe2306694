import { wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { effectiveAnswer } from '../insight/effective';
import { effectiveBlocks } from '../insight/effective-blocks';
import { linkedMarkdown } from '../insight/linked';
import { nameOf } from '../features/names';
import { stateOf } from '../features/outcome-words';
import type { EffectiveAnswer } from './protocol';
import { documentOf, uriOfFile, type Scene } from '../features/scene';

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
    markdown: linkedMarkdown(
      (shown) => effectiveBlocks(answer, shown),
      (path) => uriOfFile(scene, path),
    ),
  };
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

function withoutNulls<T extends object>(members: T): Known<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Known<T>;
}
