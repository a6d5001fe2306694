import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { Notifications, Requests } from '../../server/src/features/protocol';

/** The language server as the features see it: typed requests, and word that answers may have changed. */
export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Answers to any request may be other ones now. */
  readonly onDidChange = this.changed.event;

  constructor(readonly client: BaseLanguageClient) {
    const method: keyof Notifications = 'keaPolicy/changed';
    client.onNotification(method, () => this.changed.fire());
    client.onDidChangeState(() => this.changed.fire());
  }

  /** Whether requests can be answered now. */
  get isRunning(): boolean {
    return this.client.isRunning();
  }

  /** Whether there is none, and none that is starting. */
  get isStopped(): boolean {
    return this.client.state !== State.Running && this.client.state !== State.Starting;
  }

  /**
   * Asks the server, and waits for one that is starting; `undefined` where it does not run, or the request was
   * cancelled or failed (which is logged).
   */
  async ask<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
    token?: vscode.CancellationToken,
  ): Promise<Requests[M]['result'] | undefined> {
    if (this.isStopped) return undefined;
    try {
      // an absent token would be sent as a second parameter
      return await (token
        ? this.client.sendRequest<Requests[M]['result']>(method, params, token)
        : this.client.sendRequest<Requests[M]['result']>(method, params));
    } catch (error) {
      if (token?.isCancellationRequested !== true) this.client.error(`${method} failed`, error, false);
      return undefined;
    }
  }

  /** Turns a workspace edit of the protocol into one of the editor and applies it; it can be undone. */
  async apply(
    edit: Parameters<BaseLanguageClient['protocol2CodeConverter']['asWorkspaceEdit']>[0],
  ): Promise<boolean> {
    const converted = await this.client.protocol2CodeConverter.asWorkspaceEdit(edit);
    return converted ? vscode.workspace.applyEdit(converted) : false;
  }

  uri(uri: string): vscode.Uri {
    return this.client.protocol2CodeConverter.asUri(uri);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
