import * as vscode from 'vscode';
import type { Server } from '../server';
import { notAnswered } from './server-edit';
import { chooseProject } from './target';

/** The overview: the server's page about the estate, in the editor's theme. No script, nothing from outside. */
export function registerOverview(server: Server): vscode.Disposable {
  const overview = new Overview(server);
  return vscode.Disposable.from(
    overview,
    vscode.commands.registerCommand('keaPolicy.openOverview', (argument?: unknown) =>
      overview.open(argument),
    ),
  );
}

class Overview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown = '';
  private project: string | undefined;
  private readonly listening: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.listening = server.onDidChange(() => void this.refresh());
  }

  async open(argument?: unknown): Promise<void> {
    const project = await chooseProject(this.server, argument);
    if (project === undefined) return;
    this.project = project;
    if (this.panel) this.panel.reveal();
    else {
      this.panel = vscode.window.createWebviewPanel(
        'keaPolicy.overview',
        vscode.l10n.t('KSN Overview'),
        vscode.ViewColumn.Active,
        {
          enableScripts: false,
          enableCommandUris: ['keaPolicy.openPlace'],
          localResourceRoots: [],
          enableFindWidget: true,
        },
      );
      // what changed while another tab was in front
      this.panel.onDidChangeViewState(() => void this.refresh());
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.shown = '';
      });
    }
    if (!(await this.refresh())) notAnswered();
  }

  /** Draws only where the page has changed, so that the place in it is kept. */
  private async refresh(): Promise<boolean> {
    if (!this.panel?.visible) return true;
    const answer = await this.server.ask('keaPolicy/report', { format: 'html', uri: this.project! });
    if (!answer) return false;
    const page = answer.ok ? answer.text : '';
    if (!answer.ok) void vscode.window.showWarningMessage(answer.message);
    else if (page !== this.shown && this.panel) {
      this.shown = page;
      this.panel.webview.html = page;
    }
    return true;
  }

  dispose(): void {
    this.panel?.dispose();
    this.listening.dispose();
  }
}
