import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/start';
import { nodeRuntime } from './node-runtime';

// Over stdio, IPC or a pipe, as the command line says (`--stdio`, `--node-ipc`, `--pipe=…`).
startServer(createConnection(ProposedFeatures.all), nodeRuntime);
