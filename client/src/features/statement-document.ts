import * as vscode from 'vscode';
import type { StatementText } from '../../../server/src/features/protocol';

const scheme = 'kea-policy-statement';

/**
 * Shows texts of the KSN Statement read-only. What is shown is the very text that the server hashed, not the
 * file: it may change between showing and accepting.
 */
export class StatementDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Opens a text beside the active editor. */
  async show({ version, language, sha256, text }: StatementText): Promise<vscode.TextEditor> {
    const name = vscode.l10n.t('KSN Statement {0} ({1})', version, language).replace(/[/\\]/g, '-');
    const uri = vscode.Uri.from({ scheme, path: `/${name}.txt`, query: sha256 });
    this.texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: false,
      preview: true,
    });
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}
