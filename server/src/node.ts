import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/start';
import { joined } from './node-output';
import { nodeRuntime } from './node-runtime';

// Over stdio, or as the command line says otherwise (`--node-ipc`, `--pipe=…`, `--socket=…`).
const connection = process.argv.includes('--stdio')
  ? createConnection(ProposedFeatures.all, process.stdin, joined(process.stdout))
  : createConnection(ProposedFeatures.all);
startServer(connection, nodeRuntime);
