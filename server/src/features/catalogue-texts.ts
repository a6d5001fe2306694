import { wellFormed } from '../model/facts';
import { withinFolder } from '../project/catalogue';
import type { Project } from '../project/project';
import type { StatementAnswer } from './protocol';
import type { Scene } from './scene';

const faultWords = {
  missing: 'there is no such file',
  unreadable: 'it can’t be read',
  outside: 'it lies outside the folder of the config',
  'not-a-file': 'it is not a file',
  'too-large': 'it is larger than 1 MiB',
} as const;

/** A text of the catalogue that can't be shown. */
export interface Fault {
  /** Which, and why, a sentence. */
  readonly text: string;
  readonly kind: keyof typeof faultWords | 'differs';
  /** Of the text in the config. */
  readonly pointer: string;
}

/** What to do so that a text can be shown, a sentence for each way. @param required the version, where it is known */
export function howToAdd(required: string | undefined, faults: readonly Fault[]): string {
  const version = required === undefined ? 'that version' : `version ${required}`;
  const kinds = new Set(faults.map(({ kind }) => kind));
  if (kinds.size === 0)
    return `Save the text of the Statement of ${version} from the console as a file beside the policies, and name it in kea-policy.config.json under statements: an entry with the version and, in texts, the language and the file.`;
  const ways: string[] = [];
  if (kinds.delete('differs'))
    ways.push(
      'Where a hash differs, restore the file; or, if it is the text that the console shows, take over its hash by the quick fix in kea-policy.config.json.',
    );
  if (kinds.size > 0)
    ways.push(
      'Where there is no file to show, save the text from the console under that name: at most 1 MiB, in the folder of kea-policy.config.json or below.',
    );
  return ways.join(' ');
}

/** The texts of a version that can be shown, and the others that the catalogue names. */
export function catalogueTexts(
  { project, uriOf }: Scene,
  version: string,
): { readonly texts: StatementAnswer['texts']; readonly faults: readonly Fault[] } {
  const texts: StatementAnswer['texts'][number][] = [];
  const faults: Fault[] = [];
  const config = project.config;
  for (const entry of config?.facts.statements ?? []) {
    if (entry.version !== version) continue;
    for (const text of entry.texts) {
      const language = wellFormed(text.language);
      const file = wellFormed(text.file);
      const state = config!.texts.get(text.pointer);
      if (language === undefined || file === undefined || !state) continue;
      const { pointer } = text;
      if (state.state !== 'ok') {
        const why = faultWords[state.state];
        const words = `The text in ${language} (${file}) can’t be shown: ${why}.`;
        faults.push({ text: words, kind: state.state, pointer });
      } else if (differs(wellFormed(text.sha256), state.sha256)) {
        const words = `The text in ${language} (${file}) is not the one that the config records: its hash is another.`;
        faults.push({ text: words, kind: 'differs', pointer });
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
