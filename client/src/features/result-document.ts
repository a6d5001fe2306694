import * as vscode from 'vscode';
import { forPreview } from './preview-links';

const scheme = 'kea-policy-result';
const mostKept = 20;

/** Shows answers of the server as read-only Markdown documents, rendered. */
export class ResultDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show(title: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title.replace(/[/\\?#]/g, '-')}.md` });
    this.texts.delete(uri.toString());
    this.texts.set(uri.toString(), forPreview(markdown));
    if (this.texts.size > mostKept) this.texts.delete(this.texts.keys().next().value!);
    this.changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // The built-in Markdown extension may be switched off: the text itself can be read as well.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
    this.texts.clear();
  }
}
