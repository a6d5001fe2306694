import { digestBytes } from '../../engine/fingerprint';
import { wellFormed } from '../../model/facts';
import { catalogueTextPath, maxText } from '../../project/catalogue';
import type { Files } from '../../project/files';
import type { Project } from '../../project/project';

/** A text of the catalogue that can be read and is the one that the config records. */
export interface StatementText {
  readonly language: string;
  /** As the config names it, relative to the project. */
  readonly file: string;
  readonly sha256: string;
}

/** The texts that the catalogue has of a Statement version, and in words why others can't be shown. */
export function statementTexts(
  files: Files,
  project: Project,
  version: string,
): { readonly texts: readonly StatementText[]; readonly faults: readonly string[] } {
  const texts: StatementText[] = [];
  const faults: string[] = [];
  for (const entry of project.config?.facts.statements ?? []) {
    if (entry.version !== version) continue;
    for (const text of entry.texts) {
      const language = wellFormed(text.language);
      const file = wellFormed(text.file);
      if (language === undefined || file === undefined) continue;
      const sha256 = hashOf(files, project, file);
      const recorded = wellFormed(text.sha256);
      if (sha256 === undefined) faults.push(`the text in ${language} (${file}) cannot be read`);
      else if (recorded !== undefined && recorded.toLowerCase() !== sha256) {
        faults.push(
          `the text in ${language} (${file}) is not the one that the config records: its hash is another`,
        );
      } else texts.push({ language, file, sha256 });
    }
  }
  return { texts, faults };
}

/** The SHA-256 of a catalogue's text as it is on disk now; `undefined` where it can't be read. */
export function hashOf(files: Files, { root }: Project, file: string): string | undefined {
  const path = catalogueTextPath(files, root, file);
  if (typeof path !== 'string') return undefined;
  const bytes = files.read(path, maxText);
  return 'fault' in bytes ? undefined : digestBytes(bytes);
}
