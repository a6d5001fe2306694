import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';

/** A document that is open in the client. */
export class OpenDocument {
  private document: TextDocument;

  /** @param path where it stands in the workspace; made up for what is in no folder */
  constructor(
    item: TextDocumentItem,
    readonly path: string,
  ) {
    this.document = TextDocument.create(item.uri, item.languageId, item.version, item.text);
  }

  get uri(): string {
    return this.document.uri;
  }

  get version(): number {
    return this.document.version;
  }

  /**
   * A byte order mark that the client sends along is a blank here: that is what it means, and offsets are the same
   * for whoever reads the text.
   */
  get text(): string {
    const text = this.document.getText();
    return this.hasMark ? ` ${text.slice(1)}` : text;
  }

  /** Whether the text begins with a byte order mark. */
  get hasMark(): boolean {
    return this.document.getText().startsWith('\uFEFF');
  }

  edit(changes: TextDocumentContentChangeEvent[], version: number): void {
    this.document = TextDocument.update(this.document, changes, version);
  }
}
