import * as vscode from 'vscode';
import type { StatementText } from '../../../server/src/features/protocol';

const scheme = 'kea-policy-statement';
const language = 'kea-policy-statement';

/** How the reading of a text ended. */
type End = 'read' | 'cancelled';

/**
 * Shows a text of the KSN Statement read-only and waits until the user says that it is read. What is shown is the
 * very text that the server hashed, not the file, which may change between showing and accepting.
 */
export class Reading
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  private count = 0;
  private readonly texts = new Map<string, string>();
  private readonly waiting = new Map<string, (end: End) => void>();
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.lensesChanged.event;
  private readonly disposables = [
    this.lensesChanged,
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.languages.registerCodeLensProvider({ scheme }, this),
    vscode.commands.registerCommand('keaPolicy.statementRead', (uri?: unknown) => this.end(uri, 'read')),
    vscode.commands.registerCommand('keaPolicy.statementCancel', (uri?: unknown) =>
      this.end(uri, 'cancelled'),
    ),
    // closing the text is the plainest way to say no
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) this.end(uriOf(tab), 'cancelled');
    }),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** The way on stands above the text, and again where the reading ends. */
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    if (!this.waiting.has(uri.toString())) return [];
    return [0, document.lineCount - 1].flatMap((line) => {
      const range = new vscode.Range(line, 0, line, 0);
      return [
        new vscode.CodeLens(range, {
          title: `$(check) ${vscode.l10n.t('I have read it in full: go on…')}`,
          command: 'keaPolicy.statementRead',
          arguments: [uri],
        }),
        new vscode.CodeLens(range, {
          title: `$(close) ${vscode.l10n.t('Cancel: nothing is changed')}`,
          command: 'keaPolicy.statementCancel',
          arguments: [uri],
        }),
      ];
    });
  }

  /** Shows a text beside the active editor; resolves to whether the user says that it is read. */
  async read(statement: StatementText): Promise<boolean> {
    const { version, language: spoken, sha256, text } = statement;
    // one at a time: who starts anew has given up the one before
    for (const other of this.waiting.keys()) this.end(vscode.Uri.parse(other), 'cancelled');
    const name = vscode.l10n.t('KSN Statement {0} ({1})', version, spoken).replace(/[/\\?#]/g, '-');
    // each reading has an address of its own, so that what ends one can't end another
    const uri = vscode.Uri.from({ scheme, path: `/${name}.txt`, query: `${sha256}&${++this.count}` });
    this.texts.set(uri.toString(), text);
    const ended = new Promise<End>((resolve) => this.waiting.set(uri.toString(), resolve));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      selection: new vscode.Range(0, 0, 0, 0),
    });
    this.lensesChanged.fire();
    void this.say(uri, version);
    const end = await ended;
    // the notification may still be up, and has nothing to say any more
    void vscode.commands.executeCommand('notifications.hideToasts');
    await closeTabs(uri);
    this.texts.delete(uri.toString());
    return end === 'read';
  }

  /** Not modal, for the text has to be scrolled; VS Code hides it after a while, and the lenses stay. */
  private async say(uri: vscode.Uri, version: string): Promise<void> {
    const proceed = vscode.l10n.t('I Have Read It…');
    const cancel = vscode.l10n.t('Cancel');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Read KSN Statement {0} in full. Then go on, here or by the link above the text.',
        version,
      ),
      proceed,
      cancel,
    );
    if (chosen === undefined) return;
    if (this.waiting.has(uri.toString())) this.end(uri, chosen === proceed ? 'read' : 'cancelled');
    // VS Code keeps what was not answered behind its bell
    else if (chosen === proceed) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('That review of KSN Statement {0} has ended. Start it again from the policy.', version),
      );
    }
  }

  private end(target: unknown, end: End): void {
    const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
    const resolve = uri && this.waiting.get(uri.toString());
    if (!resolve) return;
    this.waiting.delete(uri.toString());
    resolve(end);
  }

  dispose(): void {
    for (const resolve of this.waiting.values()) resolve('cancelled');
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

/** The address of the text that a tab shows, if it shows one. */
export function uriOf({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => uriOf(tab)?.toString() === uri.toString());
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}
