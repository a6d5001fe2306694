import { consentQuestion } from '../engine/consent';
import { malformed, wellFormed } from '../model/facts';
import { isPolicy } from '../project/document';
import { withinFolder } from '../project/catalogue';
import { requiredStatement } from '../project/effective';
import { acceptanceDue } from '../project/outcome';
import type { Project } from '../project/project';
import { nameOf } from './names';
import { byPath } from './natural-order';
import type { DueDocument, StatementAnswer } from './protocol';
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
    faults,
    howToAdd: howToAdd(required),
    evidence: acceptance.evidence,
    approvers: acceptance.approvers,
    sentence: consentQuestion(required ?? held ?? 'unknown'),
    dataNotice,
    recordNotice,
  };
}

function howToAdd(required: string | undefined): string {
  const version = required === undefined ? 'that version' : `version ${required}`;
  return `Save the text of the Statement of ${version} from the console as a file beside the policies, and name it in kea-policy.config.json under statements: an entry with the version and, in texts, the language and the file.`;
}

const faultWords = {
  missing: 'there is no such file',
  unreadable: 'it can’t be read',
  outside: 'it lies outside the folder of the config',
  'not-a-file': 'it is not a file',
  'too-large': 'it is larger than 1 MiB',
} as const;

function catalogueTexts({ project, uriOf }: Scene, version: string) {
  const texts: StatementAnswer['texts'][number][] = [];
  const faults: string[] = [];
  const config = project.config;
  for (const entry of config?.facts.statements ?? []) {
    if (entry.version !== version) continue;
    for (const text of entry.texts) {
      const language = wellFormed(text.language);
      const file = wellFormed(text.file);
      const state = config!.texts.get(text.pointer);
      if (language === undefined || file === undefined || !state) continue;
      if (state.state !== 'ok')
        faults.push(`The text in ${language} (${file}) can’t be shown: ${faultWords[state.state]}.`);
      else if (differs(wellFormed(text.sha256), state.sha256)) {
        faults.push(
          `The text in ${language} (${file}) is not the one that the config records: its hash is another.`,
        );
      } else texts.push({ language, uri: uriOf(withinFolder(file) ?? file), sha256: state.sha256 });
    }
  }
  return { texts, faults };
}

const differs = (stated: string | undefined, actual: string): boolean =>
  stated !== undefined && stated.toLowerCase() !== actual.toLowerCase();

/** The file of the catalogue's text of a version in a language, as the config names it. */
export function textFile(project: Project, version: string, language: string): string | undefined {
  for (const entry of project.config?.facts.statements ?? []) {
    if (entry.version !== version) continue;
    const text = entry.texts.find((each) => each.language === language);
    const file = text && wellFormed(text.file);
    if (file !== undefined) return file;
  }
  return undefined;
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
