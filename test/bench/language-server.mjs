// A client for measuring language servers: as little as they need, and nothing between the message and the clock.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const capabilities = {
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  },
  workspace: { diagnostics: { refreshSupport: true } },
};

/** A language server that is running; positions and versions as in LSP. */
export class LanguageServer {
  #versions = new Map();

  constructor(child, connection) {
    this.child = child;
    this.connection = connection;
    this.refreshes = 0;
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.refreshed?.();
      return null;
    });
    connection.onRequest(() => null);
    connection.onNotification(() => {});
    connection.listen();
  }

  /** @param {{command: string[], folder?: string, schema?: string}} wanted `schema`: for a server that is to be told one */
  static async start({ command, folder, schema }) {
    const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] });
    const reader = new StreamMessageReader(child.stdout);
    const server = new LanguageServer(
      child,
      createMessageConnection(reader, new StreamMessageWriter(child.stdin)),
    );
    const uri = folder === undefined ? null : pathToFileURL(folder).href;
    await server.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      capabilities,
      workspaceFolders: uri === null ? null : [{ uri, name: 'bench' }],
    });
    await server.connection.sendNotification('initialized', {});
    if (schema !== undefined) {
      const schemas = [
        { fileMatch: ['*.kea-policy.json'], schema: JSON.parse(readFileSync(schema, 'utf8')) },
      ];
      const settings = { json: { validate: { enable: true }, schemas } };
      await server.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    }
    return server;
  }

  open(uri, text, languageId) {
    this.#versions.set(uri, 1);
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  edit(uri, range, text) {
    const version = this.#versions.get(uri) + 1;
    this.#versions.set(uri, version);
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async pull(uri) {
    return (await this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } })).items;
  }

  ask(method, params) {
    return this.connection.sendRequest(method, params);
  }

  /** Memory in bytes, as Linux counts it. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024;
  }

  async stop() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await gone;
    this.connection.dispose();
  }
}
