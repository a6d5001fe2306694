import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/start';
import { WholeMessageWriter } from './node-output';
import { nodeRuntime } from './node-runtime';

// The library takes a stream or what reads and writes messages on either side; its types know pairs of a kind alone.
const output = (): NodeJS.WritableStream =>
  new WholeMessageWriter(process.stdout) as unknown as NodeJS.WritableStream;

// Over stdio, or as the command line says otherwise (`--node-ipc`, `--pipe=…`, `--socket=…`).
const connection = process.argv.includes('--stdio')
  ? createConnection(ProposedFeatures.all, process.stdin, output())
  : createConnection(ProposedFeatures.all);
startServer(connection, nodeRuntime);
