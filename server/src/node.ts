import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import { startServer } from './lsp/start';
import { WholeMessageWriter } from './node-output';
import { nodeRuntime } from './node-runtime';

// Over stdio, or as the command line says otherwise (`--node-ipc`, `--pipe=…`, `--socket=…`).
if (process.argv.includes('--stdio')) serveStdio();
else startServer(createConnection(ProposedFeatures.all), nodeRuntime);

function serveStdio(): void {
  const input = new StreamMessageReader(process.stdin);
  const connection = createConnection(ProposedFeatures.all, input, new WholeMessageWriter(process.stdout));
  const { isShutDown } = startServer(connection, nodeRuntime);
  // Whose messages can't be told apart any more can't be served, and would wait in vain; a client starts another one.
  input.onError((error) => {
    if (error instanceof SyntaxError) return; // one message that is no JSON
    process.stderr.write(`The input is not that of a language client: ${error.message}\n`);
    process.exit(1);
  });
  // An `exit` that nobody sent any more.
  const end = (): never => process.exit(isShutDown() ? 0 : 1);
  process.stdin.on('end', end);
  process.stdin.on('close', end);
}
