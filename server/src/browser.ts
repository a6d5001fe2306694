import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './lsp/start';
import { version } from './cli/version';

declare const self: DedicatedWorkerGlobalScope;

// A message to oneself comes behind those that wait already, and sooner than any timer.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

startServer(
  createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)),
  {
    files: undefined,
    now: () => Date.now(),
    soon(callback) {
      waiting.push(callback);
      channel.port2.postMessage(undefined);
    },
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    version,
  },
);
