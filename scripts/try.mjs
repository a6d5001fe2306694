// `npm run try`: a VS Code in a browser page of yours, with the extension and a copy of the examples.
//   npm run try                      until Ctrl+C; what you change there is a copy and goes away
//   npm run try -- --port 8080       at this port of 127.0.0.1, not at any free one
//   npm run try -- --version 1.100   in the old VS Code that the extension still supports
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packExtension } from '../test/vscode/extension.mjs';
import { installExtension, startServer } from '../test/vscode/server.mjs';
import { setUp } from '../test/vscode/setup.mjs';
import { readCommandLine } from '../test/vscode/versions.mjs';
import { temporaryFolder } from '../test/vscode/workspace.mjs';
import { installDependencies } from './run/dependencies.mjs';

async function start() {
  const { version, values } = readCommandLine({ port: { type: 'string', default: '0' } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is no port`);
  await installDependencies();
  await setUp(version, { browser: false });
  console.log('Packing the extension…');
  const { path } = temporaryFolder();
  const extensions = join(path, 'extensions');
  await installExtension(version, { vsix: packExtension(path), extensions, folder: path });
  const examples = join(path, 'examples');
  cpSync(new URL('../examples', import.meta.url), examples, { recursive: true });
  const server = await startServer(version, { folder: join(path, 'data'), extensions, port });
  const address = new URL(`http://127.0.0.1:${server.port}/`);
  address.search = new URLSearchParams({ tkn: server.token, folder: examples });
  console.log(`
VS Code ${version.vscode} with the extension and the examples is at

  ${address}

The shield in the activity bar leads to the tree of policies. Only this machine can open the page. Ctrl+C ends it and takes it away.`);
  // the server keeps this process; its end is the end
  server.ended.then(() => process.exit(1));
}

// leaving takes the server and the temporary folder along
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));

try {
  await start();
} catch (error) {
  // a Ctrl+C that ended the packing is heard only now, and is no failure
  await pause(100);
  console.error(`npm run try: ${error.message}`);
  process.exit(1);
}
