import { consentQuestion } from '../engine/consent';
import { malformed, wellFormed } from '../model/facts';
import { isPolicy } from '../project/document';
import { requiredStatement } from '../project/effective';
import { acceptanceDue } from '../project/outcome';
import type { Project } from '../project/project';
import { catalogueTexts, howToAdd, type Fault } from './catalogue-texts';
import { nameOf } from './names';
import { byPath } from './natural-order';
import type { DueDocument, NamedPlace, StatementAnswer } from './protocol';
import { documentOf, type Scene } from './scene';
import { dataNotice, recordNotice } from './switches';

/** All that a review of the Statement needs; `undefined` for what is neither a policy nor a device. */
export function statementAnswer(scene: Scene): StatementAnswer | undefined {
  const { project } = scene;
  const document = documentOf(scene);
  if (!document?.facts) return undefined;
  const { facts } = document;
  const stated = requiredStatement(project, document);
  const required = wellFormed(stated);
  const { acceptance } = project.settings(document);
  const held = facts.ksn.statement && wellFormed(facts.ksn.statement.version);
  const accepted = facts.ksn.statement?.accepted === true;
  const { texts, faults } =
    required === undefined ? { texts: [], faults: [] } : catalogueTexts(scene, required);
  const inConfig = placeInConfig(scene, required, faults[0]);
  return {
    uri: scene.uriOf(scene.path),
    name: nameOf(document),
    ...(required === undefined
      ? {
          unknownBecause:
            stated === malformed
              ? 'The member that says which Statement the plug-in carries is malformed: correct it first.'
              : 'It is not known which Statement the managing plug-in carries: write its version into plugin.statementVersion of kea-policy.config.json.',
        }
      : { required }),
    ...(facts.ksn.statement && { current: { ...(held !== undefined && { version: held }), accepted } }),
    due: !accepted || held !== required,
    texts,
    faults: faults.map(({ text }) => text),
    howToAdd: howToAdd(required, faults),
    ...(inConfig && { inConfig }),
    evidence: acceptance.evidence,
    approvers: acceptance.approvers,
    sentence: consentQuestion(required ?? held ?? 'unknown'),
    dataNotice,
    recordNotice,
  };
}

/** Where the config names what is missing: a text that can't be shown, the texts of a version, or the plug-in. */
function placeInConfig(
  { project, uriOf }: Scene,
  required: string | undefined,
  fault: Fault | undefined,
): NamedPlace | undefined {
  const { config } = project;
  if (!config) return undefined;
  const entry = config.facts.statements.find(({ version }) => version === required);
  const pointer = required === undefined ? '/plugin' : (fault?.pointer ?? entry?.pointer ?? '/statements');
  return { uri: uriOf(config.path), pointer };
}

/** The policies that can't be saved again in the console without acceptance, in path order. */
export function dueDocuments(project: Project, uriOf: (path: string) => string): DueDocument[] {
  return [...project.documents]
    .filter(isPolicy)
    .filter((policy) => acceptanceDue(project, policy))
    .sort(byPath)
    .map((policy) => {
      const required = wellFormed(requiredStatement(project, policy));
      const current = policy.facts.ksn.statement && wellFormed(policy.facts.ksn.statement.version);
      const group = wellFormed(policy.facts.administrationGroup);
      return {
        uri: uriOf(policy.path),
        path: policy.path,
        name: nameOf(policy),
        ...(group !== undefined && { administrationGroup: group }),
        ...(required !== undefined && { required }),
        ...(current !== undefined && { current }),
      };
    });
}
