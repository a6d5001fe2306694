import { Locator, type Located } from '../../server/src/engine/locate';
import { judge, judgeConfig } from '../../server/src/engine/judge';
import type { ActionSupport } from '../../server/src/features/action';
import { lspRange, type JudgedScene } from '../../server/src/features/scene';
import { MemoryFiles } from '../../server/src/lsp/memory-files';
import { homeOf } from '../../server/src/project/discover';
import { loadProject } from '../../server/src/project/load';
import { readDocument } from '../../server/src/project/read-document';
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';

export const now = Date.parse('2026-11-23T12:00:00Z');
const root = '/project';

/** A file of a test: a text, or a value that is laid out as JSON. */
export type Content = string | object;

export interface Staged {
  readonly scene: JudgedScene;
  /** Where `|` stood in the first file that has one. */
  readonly position: Position;
  readonly files: ReadonlyMap<string, string>;
}

const textOf = (content: Content): string =>
  typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;

/**
 * A project in memory, seen from the file that has a `|` in it, which is taken out and is the cursor; without any
 * from the first file.
 */
export function stage(contents: Record<string, Content>): Staged {
  const files = new Map<string, string>();
  let path: string | undefined;
  let offset = 0;
  for (const [name, content] of Object.entries(contents)) {
    const text = textOf(content);
    const cursor = text.indexOf('|');
    if (cursor >= 0 && path === undefined) {
      path = name;
      offset = cursor;
    }
    files.set(name, cursor >= 0 && path === name ? text.replace('|', '') : text);
  }
  path ??= [...files.keys()][0]!;
  const position = TextDocument.create('', '', 1, files.get(path)!).positionAt(offset);
  return { scene: sceneOf(files, path), position, files };
}

export function sceneOf(files: ReadonlyMap<string, string>, path: string): JudgedScene {
  const memory = new MemoryFiles();
  memory.addFolder(`${root}/.git`);
  for (const [name, text] of files) memory.put(`${root}/${name}`, new TextEncoder().encode(text));
  const rules = { fallback: () => root, gitignore: true, configs: true };
  const { project } = loadProject(memory, homeOf(memory, root, rules), rules);
  const locator = new Locator((name) => files.get(name));
  const findingsOf = (name: string) => {
    const document = project.document(name);
    return document ? judge(project, document, { now }) : judgeConfig(project, { now });
  };
  return {
    project,
    path,
    file: locator.file(path),
    fileAt: (name) => locator.file(name),
    uriOf: (name) => `file:///project/${name}`,
    now,
    findings: findingsOf(path).map((finding) => locator.locate(finding)),
    judgeText(text) {
      const before = project.document(path)!;
      project.replace(path, { path, ...readDocument(text) });
      try {
        return findingsOf(path);
      } finally {
        project.replace(path, before);
      }
    },
  };
}

/** The whole text of a file. */
export const wholeRange = ({ lines, parsed }: Located): Range =>
  lspRange(lines, { start: 0, end: parsed.text.length });

/** A client that takes everything. */
export const able: ActionSupport = {
  documentChanges: true,
  annotations: true,
  create: true,
  versionOf: () => 1,
  reviewFlow: false,
  commands: new Set(),
  asks: true,
  showsDocuments: true,
  acceptedBy: 'A. Adams',
};

/** The texts of a project's files after an edit, by path; files that it does not touch are left out. */
export function after(files: ReadonlyMap<string, string>, edit: WorkspaceEdit): Map<string, string> {
  const changed = new Map<string, string>();
  for (const change of edit.documentChanges ?? []) {
    if (!('textDocument' in change)) continue;
    const path = change.textDocument.uri.replace('file:///project/', '');
    const document = TextDocument.create('', '', 1, files.get(path) ?? '');
    changed.set(path, TextDocument.applyEdits(document, change.edits as never));
  }
  return changed;
}
