import { fixToFixedPoint } from '../engine/fixes';
import { judge, judgeConfig, type Judgement } from '../engine/judge';
import { join } from '../project/discover';
import type { Document } from '../project/document';
import type { Files } from '../project/files';
import { configFrom, documentFrom, type Loaded } from '../project/load';
import { isAsked, type Asked } from './selection';

/** A file whose text safe fixes change; `path` is absolute. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

// Safe fixes change no effective setting, so one document's hardly ever bring another's about.
const rounds = 5;

/**
 * Applies safe fixes to what was asked for, until nothing changes. The project holds the fixed documents
 * afterwards; nothing is written. Texts are without byte order mark.
 * @param extra documents that were named outright and are in no project; replaced in place
 */
export function fixAsked(
  files: Files,
  asked: Asked,
  loaded: Loaded,
  extra: Document[],
  judgement: Judgement,
  textOf: (path: string) => string | undefined,
): FixedFile[] {
  const { project } = loaded;
  const fixed = new Map<string, FixedFile>();
  const fix = (path: string, judgeText: (text: string) => ReturnType<typeof judge>): boolean => {
    const known = fixed.get(path);
    const text = known?.after ?? textOf(join(project.root, path));
    if (text === undefined) return false;
    const after = fixToFixedPoint(text, judgeText);
    if (after === text) return false;
    fixed.set(path, { path: join(project.root, path), before: known?.before ?? text, after });
    return true;
  };
  const fixDocument = (document: Document): boolean => {
    if (!hasSafeFix(judge(project, document, judgement))) return false;
    let current = document;
    const changed = fix(document.path, (text) => {
      current = documentFrom(document.path, text);
      project.replace(document.path, current);
      return judge(project, current, judgement);
    });
    return changed;
  };
  for (let round = 0, changed = true; changed && round < rounds; round++) {
    changed = false;
    const { config } = project;
    if (config && isAsked(asked, config.path) && hasSafeFix(ownFindings(config.path))) {
      const judgeText = (text: string): ReturnType<typeof judge> => {
        const file = join(project.root, config.path);
        project.configure(configFrom(files, file, text), project.nestedConfigs);
        return ownFindings(config.path);
      };
      changed = fix(config.path, judgeText) || changed;
    }
    for (const document of [...project.documents]) {
      if (isAsked(asked, document.path)) changed = fixDocument(document) || changed;
    }
    extra.forEach((document, i) => {
      project.replace(document.path, document);
      changed = fixDocument(document) || changed;
      extra[i] = project.document(document.path)!;
      project.replace(document.path, undefined);
    });
  }
  return [...fixed.values()].filter(({ before, after }) => before !== after);

  function ownFindings(path: string): ReturnType<typeof judge> {
    return judgeConfig(project, judgement).filter((finding) => finding.path === path);
  }
}

const hasSafeFix = (findings: ReturnType<typeof judge>): boolean =>
  findings.some(({ excepted, fixes }) => !excepted && fixes.some(({ kind }) => kind === 'safe'));
