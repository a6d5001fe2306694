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

  get text(): string {
    return this.document.getText();
  }

  edit(changes: TextDocumentContentChangeEvent[], version: number): void {
    this.document = TextDocument.update(this.document, changes, version);
  }
}
