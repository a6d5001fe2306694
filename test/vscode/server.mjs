// Starts VS Code's own server, directly and for this machine alone.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withoutVSCode } from './environment.mjs';
import { nodeOf, serverOf } from './runtime.mjs';
import { writeSettings } from './settings.mjs';

/**
 * Starts a server that listens on 127.0.0.1 only and wants a token.
 * @param {object} version as `readCommandLine` gives it
 * @param {object} options
 * @param {string} options.folder an own, empty folder for its data
 * @param {string} options.extensions where its extensions are, or none yet
 * @param {object} [options.settings] of the user
 * @param {boolean} [options.trusted] false asks for trust, as VS Code does; true asks for none
 * @param {boolean} [options.testDriver] lets the page load an extension and its tests from a folder
 * @param {number} [options.port] 0 takes a free one
 * @param {Record<string, string>} [options.env] for it and the extensions
 * @returns {Promise<{port: number, token: string, ended: Promise<void>, stop: () => void}>} `stop` ends it with all
 *   it started; `ended` comes true when it ends, by itself too
 * @throws Error with its log where it does not start within five minutes
 */
export async function startServer(version, options) {
  const {
    folder,
    extensions,
    settings = {},
    trusted = true,
    testDriver = false,
    port = 0,
    env = {},
  } = options;
  writeSettings(folder, settings);
  // VS Code 1.100 crashes when it is missing
  mkdirSync(extensions, { recursive: true });
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-telemetry'],
    '--disable-experiments',
    ...(trusted ? ['--disable-workspace-trust'] : []),
    // without it, a new VS Code ignores the page's wish for an extension under development; but it also
    // hides notifications
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ...['--server-data-dir', folder, '--user-data-dir', folder, '--extensions-dir', extensions],
  ];
  const server = spawn(nodeOf(version), [serverOf(version), ...args], {
    cwd: folder,
    env: { ...withoutVSCode(process.env), ...env, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a process group of its own: extension host, watchers and language servers end with it
    detached: true,
  });
  const stop = () => {
    process.off('exit', stop);
    try {
      process.kill(-server.pid, 'SIGKILL');
    } catch {
      // all of it has ended already
    }
  };
  // before the folder is taken away, in which it would go on writing
  process.prependListener('exit', stop);
  try {
    const ended = new Promise((resolve) => server.once('exit', () => resolve()));
    return { port: await portOf(server, join(folder, 'server.log')), token, ended, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function portOf(server, logFile) {
  const log = createWriteStream(logFile);
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`VS Code's server ${why}\n${output}`));
    const timer = setTimeout(fail, 300_000, 'did not start within five minutes');
    const read = (bytes) => {
      log.write(bytes);
      if (output === undefined) return;
      output += bytes;
      const found = /Web UI available at http:\/\/[^\s/]+:(\d+)/.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      output = undefined;
      resolve(Number(found[1]));
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('error', reject);
    server.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

/**
 * Installs a .vsix as `code --install-extension` does.
 * @throws Error with VS Code's words where it refuses
 */
export async function installExtension(version, { vsix, extensions, folder }) {
  mkdirSync(extensions, { recursive: true });
  const installing = promisify(execFile)(
    nodeOf(version),
    [
      ...[serverOf(version), '--install-extension', vsix, '--force', '--accept-server-license-terms'],
      ...['--extensions-dir', extensions, '--server-data-dir', folder, '--user-data-dir', folder],
    ],
    { cwd: folder, env: { ...withoutVSCode(process.env), HOME: folder } },
  );
  const stop = () => installing.child.kill('SIGKILL');
  process.prependListener('exit', stop);
  const { stdout, stderr } = await installing.finally(() => process.off('exit', stop));
  if (!stdout.includes('successfully installed')) throw new Error(`${vsix} was refused:\n${stdout}${stderr}`);
}
