import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Writable } from 'node:stream';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { faultsOfParams, faultsOfResult } from './meta-model';

export const serverPath = fileURLToPath(new URL('../../server/dist/node.js', import.meta.url));

/** A folder with files, by path; values that are no text are laid out as JSON. */
export function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kea-policy-lsp-'));
  for (const [path, content] of Object.entries(files)) write(folder, path, content);
  return folder;
}

export function write(folder: string, path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), asText(content));
}

export const asText = (content: unknown): string | Buffer =>
  typeof content === 'string' || Buffer.isBuffer(content) ? content : `${JSON.stringify(content, null, 2)}\n`;

export const uriOf = (folder: string, path = ''): string => pathToFileURL(join(folder, path)).href;

/** What a client of today can do, by pull. */
export const pulling: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [''] } },
      isPreferredSupport: true,
      honorsChangeAnnotations: true,
    },
    completion: {
      contextSupport: true,
      completionItem: { snippetSupport: true, documentationFormat: ['markdown'] },
    },
    hover: { contentFormat: ['markdown'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
    documentLink: { tooltipSupport: true },
  },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ['create'] },
  },
  window: { showDocument: { support: true }, workDoneProgress: true },
};

/** What a plain client of some years ago can do, by push. */
export const pushing: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [''] } } },
    hover: { contentFormat: ['plaintext'] },
  },
  workspace: { applyEdit: true },
};

export interface Options {
  folders?: string[];
  capabilities?: ClientCapabilities;
  initializationOptions?: unknown;
  transport?: 'stdio' | 'ipc';
  settings?: unknown;
  processId?: number | null;
  command?: readonly string[];
  /** Answers to the server's own requests, by method. */
  answers?: Record<string, (params: never) => unknown>;
  workspaceFolders?: { uri: string; name: string }[];
  /** Goes over what `initialize` says of folders otherwise. */
  root?: Record<string, unknown>;
}

/** The server's input, which can be held back: only then is it certain that one message finds another one waiting. */
class HeldInput {
  private held: Buffer[] | undefined;
  readonly stream: Writable;

  constructor(private readonly input: Writable | undefined) {
    this.stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.held) this.held.push(chunk);
        else this.input?.write(chunk);
        done();
      },
    });
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    this.input?.write(Buffer.concat(this.held ?? []));
    this.held = undefined;
  }
}

/** A client of the built server. Everything that the server says is held against LSP's meta model. */
export class Client {
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly received: { method: string; params: unknown }[] = [];
  readonly faults: string[] = [];
  readonly versions = new Map<string, number>();
  /** Answers to the server's own requests, by method. */
  readonly answers = new Map<string, (params: never) => unknown>();
  initializeResult!: InitializeResult;
  private readonly listeners = new Set<() => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
    private readonly options: Options,
    private readonly input: HeldInput,
  ) {}

  static async start(options: Options = {}): Promise<Client> {
    const ipc = options.transport === 'ipc';
    const [program, ...args] = options.command ?? [process.execPath, serverPath, '--stdio'];
    const child = ipc
      ? fork(serverPath, ['--node-ipc'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      : spawn(program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stderr!.on('data', (data) => process.stderr.write(String(data)));
    const input = new HeldInput(ipc ? undefined : child.stdin!);
    const connection = ipc
      ? createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
      : createMessageConnection(
          new StreamMessageReader(child.stdout!),
          new StreamMessageWriter(input.stream),
        );
    const client = new Client(child, connection, options, input);
    for (const [method, answer] of Object.entries(options.answers ?? {})) client.answers.set(method, answer);
    client.listen();
    await client.initialize();
    return client;
  }

  private listen(): void {
    this.connection.onNotification((method, params) => {
      this.faults.push(...faultsOfParams(method, params).map((fault) => `${method} ${fault}`));
      this.received.push({ method, params });
      if (method === 'textDocument/publishDiagnostics') {
        const published = params as unknown as PublishDiagnosticsParams;
        this.published.set(published.uri, published);
      }
      for (const listener of this.listeners) listener();
    });
    this.connection.onRequest((method, params) => {
      this.faults.push(...faultsOfParams(method, params).map((fault) => `${method} ${fault}`));
      this.received.push({ method, params });
      for (const listener of this.listeners) listener();
      const answer = this.answers.get(method);
      if (answer) return answer(params as never);
      if (method === 'workspace/configuration') {
        return (params as unknown as { items: unknown[] }).items.map(() => this.options.settings ?? null);
      }
      if (method === 'window/showDocument') return { success: true };
      if (method === 'workspace/applyEdit') return { applied: true };
      return null;
    });
    // A connection that is cut while the server goes is what some tests are about.
    this.connection.onError(() => {});
    this.connection.listen();
  }

  private async initialize(): Promise<void> {
    const { folders = [], capabilities = pulling, initializationOptions, processId } = this.options;
    this.initializeResult = await this.request('initialize', {
      processId: processId === undefined ? process.pid : processId,
      rootUri: folders[0] === undefined ? null : uriOf(folders[0]),
      capabilities,
      workspaceFolders:
        this.options.workspaceFolders ?? folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
      ...(initializationOptions !== undefined && { initializationOptions }),
      ...this.options.root,
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Asks, and holds the answer against the meta model. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what an answer holds is for the test to say
  async request<R = any>(method: string, params: unknown): Promise<R> {
    const result = await this.connection.sendRequest<R>(method, params);
    this.faults.push(...faultsOfResult(method, result).map((fault) => `${method} ${fault}`));
    return result;
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** Sends what `send` sends so that it reaches the server in one piece (stdio only). */
  async inOnePiece(send: () => void): Promise<void> {
    this.input.hold();
    send();
    // messages are written one after the other: when this one is, all are
    await this.notify('$/setTrace', { value: 'off' });
    this.input.release();
  }

  async open(uri: string, text: string, languageId = 'kea-policy'): Promise<void> {
    this.versions.set(uri, 1);
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  async change(uri: string, contentChanges: unknown[]): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  async close(uri: string): Promise<void> {
    await this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** The findings of a document by pull. */
  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.request('textDocument/diagnostic', { textDocument: { uri } });
    return report.items;
  }

  /** The findings of all files by pull, by URI. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  async pullWorkspace(previous: { uri: string; value: string }[] = []): Promise<Map<string, any>> {
    const report = await this.request('workspace/diagnostic', { previousResultIds: previous });
    return new Map(report.items.map((item: { uri: string }) => [item.uri, item]));
  }

  /** Waits until something holds, asked for after every message; fails after a minute. */
  async until(holds: () => boolean, what: string): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        clearInterval(poll);
        this.listeners.delete(done);
        resolve();
      };
      const poll = setInterval(done, 50);
      const timer = setTimeout(() => {
        clearInterval(poll);
        this.listeners.delete(done);
        reject(new Error(`It did not come to pass that ${what}.`));
      }, 60_000);
      this.listeners.add(done);
    });
  }

  /** Waits for what was pushed for a file. */
  async pushed(
    uri: string,
    holds: (diagnostics: Diagnostic[]) => boolean = () => true,
  ): Promise<Diagnostic[]> {
    await this.until(
      () => holds(this.published.get(uri)?.diagnostics ?? []) && this.published.has(uri),
      `${uri} is told of`,
    );
    return this.published.get(uri)!.diagnostics;
  }

  /** Ends the server in the orderly way; resolves with its exit code. */
  async stop(): Promise<number | null> {
    const ended = this.exited();
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }

  exited(): Promise<number | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return Promise.resolve(exitCode);
    return new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
  }
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** The codes of diagnostics, in order. */
export const codes = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code }) => String(code)).sort();
