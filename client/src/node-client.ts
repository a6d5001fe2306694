import { LanguageClient } from 'vscode-languageclient/node';

/**
 * The client of a server that is a process of its own. Stopping ends the server in any case: one that does not
 * answer is killed, and its end waited for, since the client would take it for the end of the next one.
 */
export class NodeClient extends LanguageClient {
  override async stop(timeout?: number): Promise<void> {
    const server = this.serverProcess;
    try {
      await super.stop(timeout);
    } catch (error) {
      if (!server || server.exitCode !== null) throw error;
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGKILL');
      await ended;
    }
  }
}
