import { ShowMessageNotification, type Connection, type MessageType } from 'vscode-languageserver';
import { Locator, type Located } from '../engine/locate';
import { isConfigPath, type JudgedScene, type Scene } from '../features/scene';
import type { EditSupport } from '../features/workspace-edit';
import { join } from '../project/discover';
import { configName, documentSuffix } from '../project/document';
import type { ClientSupport } from './client-support';
import { OpenDocument } from './open-document';
import type { OpenProject } from './open-project';
import type { Placed } from './open-projects';
import type { Settings } from './protocol';
import type { Runtime } from './runtime';
import { Uris } from './uris';
import type { Workspace } from './workspace';
import type { TextDocumentItem } from 'vscode-languageserver';

/** A file as a feature sees it, with the project that it is in. */
export interface ShownFile {
  readonly scene: Scene;
  readonly project: OpenProject;
  /** Absolute. */
  readonly path: string;
}

/** What one client has going with the server: its documents, its workspace, its settings. */
export class Session {
  readonly uris = new Uris();
  readonly documents = new Map<string, OpenDocument>();
  settings: Settings = {};
  /** Resolves when the settings were asked for, or the client took too long to tell. */
  settled: Promise<void> = Promise.resolve();
  // The tree of an open text is kept for the requests that follow each other about it.
  private readonly trees = new WeakMap<OpenDocument, { readonly version: number; readonly file: Located }>();

  constructor(
    readonly connection: Connection,
    readonly runtime: Runtime,
    readonly support: ClientSupport,
    readonly workspace: Workspace,
  ) {}

  open(item: TextDocumentItem): OpenDocument {
    const path = this.uris.pathOf(item.uri) ?? pathForUntitled(item);
    const document = new OpenDocument(item, path);
    this.documents.set(item.uri, document);
    this.show(document);
    return document;
  }

  private show(document: OpenDocument): void {
    this.uris.name(document.path, document.uri);
    this.workspace.openFile(document.path, () => document.text);
  }

  close(uri: string): void {
    const document = this.documents.get(uri);
    if (!document) return;
    this.documents.delete(uri);
    this.workspace.closeFile(document.path);
    this.uris.forget(document.path);
    // the same file may be open under another name
    const other = [...this.documents.values()].find(({ path }) => path === document.path);
    if (other) this.show(other);
    this.workspace.forgetUnused();
  }

  /** The path of a URI, of open documents also where it is made up. */
  pathOf(uri: string): string | undefined {
    return this.documents.get(uri)?.path ?? this.uris.pathOf(uri);
  }

  /** A file with its project as it is now; `undefined` for what is none of ours or in no project. */
  sceneOf(uri: string): ShownFile | undefined {
    const path = this.pathOf(uri);
    if (path === undefined) return undefined;
    this.workspace.flush();
    const placed = this.workspace.placeOf(path);
    const scene = placed && this.sceneIn(placed, uri);
    return scene && { scene, project: placed.project, path };
  }

  /**
   * The same for a feature that looks at the text itself and only at the kind of the document as the project has it:
   * while somebody types, what was typed last is not read before it is asked for.
   */
  textSceneOf(uri: string): ShownFile | undefined {
    const path = this.pathOf(uri);
    const placed = path === undefined ? undefined : this.workspace.placeOfEdited(path);
    const kind = placed?.project.project.document(placed.path)?.facts?.kind;
    if (kind === undefined || kind !== kindIn(this.documents.get(uri)?.text)) return this.sceneOf(uri);
    const scene = this.sceneIn(placed!, uri);
    return scene && { scene, project: placed!.project, path: path! };
  }

  private sceneIn({ project, path }: Placed, uri: string): Scene | undefined {
    const isKnown = project.project.document(path) !== undefined || isConfigPath(path);
    if (!isKnown) return undefined;
    const others = new Locator((other) => this.workspace.textOf(join(project.root, other)));
    const document = this.documents.get(uri);
    const file = document ? this.treeOf(document, path) : others.file(path);
    return {
      project: project.project,
      path,
      file,
      fileAt: (other) => (other === path ? file : others.file(other)),
      uriOf: (other) => this.uris.uriOf(join(project.root, other)),
      now: this.runtime.now(),
    };
  }

  private treeOf(document: OpenDocument, path: string): Located {
    const known = this.trees.get(document);
    if (known?.version === document.version) return known.file;
    const file = new Locator(() => document.text).file(path);
    this.trees.set(document, { version: document.version, file });
    return file;
  }

  /** A file with its findings, in each project that has something to say about it; its own comes first. */
  judgedScenesOf(uri: string): JudgedScene[] {
    const absolute = this.pathOf(uri);
    if (absolute === undefined) return [];
    return this.workspace.speakers(absolute).flatMap((placed): JudgedScene[] => {
      const scene = this.sceneIn(placed, uri);
      if (!scene) return [];
      const { project, path } = placed;
      return [
        { ...scene, findings: project.located(path), judgeText: (text) => project.judgeText(path, text) },
      ];
    });
  }

  /**
   * Shows the user a sentence. Not as the library does it, by a request without actions: there are clients that
   * open a list to choose from for that.
   */
  tell(type: MessageType, message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, { type, message });
  }

  /** Writes down what went wrong, for whoever looks at the server's output. */
  readonly logged = (error: unknown): void => this.log('', error);

  /** The same with words that say what it was. */
  log(what: string, error: unknown): void {
    this.connection.console.error(`${what}${String((error as Error)?.stack ?? error)}`);
  }

  get editSupport(): EditSupport {
    return {
      ...this.support.actions,
      versionOf: (uri) => this.documents.get(uri)?.version ?? null,
    };
  }
}

const kindIn = (text = ''): string | undefined => /"kind"\s*:\s*"(\w+)"/.exec(text)?.[1];

// In a folder of its own, which it shares with nobody; named by what its language says it is.
function pathForUntitled({ uri, languageId }: TextDocumentItem): string {
  const name = languageId === 'kea-policy-config' ? configName : `document${documentSuffix}`;
  return `/untitled:/${encodeURIComponent(uri)}/${name}`;
}
