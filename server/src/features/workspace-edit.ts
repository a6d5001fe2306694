import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  TextDocumentEdit,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { addsAcceptance } from '../engine/acceptance-guard';
import type { Located } from '../engine/locate';
import { applyEdits, type TextEdit } from '../syntax/change';
import { lspRange, type Scene } from './scene';

/** How the client takes edits. */
export interface EditSupport {
  /** `documentChanges` with versions. */
  readonly documentChanges: boolean;
  /** Annotations that ask for confirmation. */
  readonly annotations: boolean;
  /** Files can be created by an edit. */
  readonly create: boolean;
  /** The version of an open document; null for a file on disk. */
  versionOf(uri: string): number | null;
}

/** Edits to one file, by its URI. */
export interface FileEdits {
  readonly uri: string;
  readonly file: Located;
  readonly edits: readonly TextEdit[];
}

const annotationId = 'keaPolicy';

/** An edit of files as the client takes it; `annotation` needs `support.annotations`. */
export function workspaceEdit(
  files: readonly FileEdits[],
  support: EditSupport,
  annotation?: ChangeAnnotation,
): WorkspaceEdit {
  if (!support.documentChanges) {
    return { changes: Object.fromEntries(files.map(({ uri, file, edits }) => [uri, lspEdits(file, edits)])) };
  }
  return {
    documentChanges: files.map(({ uri, file, edits }): TextDocumentEdit => {
      const plain = lspEdits(file, edits);
      return {
        textDocument: { uri, version: support.versionOf(uri) },
        edits: annotation ? plain.map((edit): AnnotatedTextEdit => ({ ...edit, annotationId })) : plain,
      };
    }),
    ...(annotation && { changeAnnotations: { [annotationId]: annotation } }),
  };
}

/** An edit that makes a new file; needs `support.create`. */
export function creationEdit(uri: string, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
}

export function lspEdits({ lines }: Located, edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map((edit) => ({ range: lspRange(lines, edit), newText: edit.text }));
}

/**
 * An edit of the file of a scene; `undefined` where it changes nothing, or would leave an acceptance behind that
 * was not there: only a consent may, and that does not come through here.
 */
export function sceneEdit(
  scene: Scene,
  edits: readonly TextEdit[] | undefined,
  support: EditSupport,
  annotation?: ChangeAnnotation,
): WorkspaceEdit | undefined {
  const { text } = scene.file.parsed;
  if (!edits?.length) return undefined;
  const after = applyEdits(text, edits);
  if (after === text || addsAcceptance(text, after)) return undefined;
  return workspaceEdit([{ uri: scene.uriOf(scene.path), file: scene.file, edits }], support, annotation);
}
