// A whole VS Code: server, workspace, and the page that shows it in Chromium.
import { cpSync, createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launchOptions } from './browser.mjs';
import { playwrightOf } from './runtime.mjs';
import { startServer } from './server.mjs';
import { copyWorkspace, root, temporaryFolder } from './workspace.mjs';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * Starts VS Code on copies of folders; `open` then shows it.
 * @param {object} version as `readCommandLine` gives it
 * @param {object} options
 * @param {string} options.name of the test, for its logs
 * @param {readonly string[]} [options.folders] of the workspace, relative to the root
 * @param {Record<string, string>} [options.query] opens what is there already instead, as the page's address says it
 * @param {(folders: string[]) => unknown} [options.prepare] may change the copies before VS Code sees them
 * @param {{width: number, height: number}} [options.viewport]
 * @param {number} [options.scale] pixels of a screenshot for one of the page
 * @param {string} [options.extensions] a folder of installed extensions
 *   and what `startServer` takes: settings, trusted, testDriver, env
 */
export async function startVSCode(version, options) {
  const {
    name,
    folders = [],
    query,
    prepare,
    viewport = { width: 1280, height: 800 },
    scale = 1,
    extensions,
  } = options;
  const temporary = temporaryFolder();
  const data = join(temporary.path, 'data');
  const pageLog = join(temporary.path, 'page.log');
  let server;
  let browser;
  const close = async ({ keepLogs = false } = {}) => {
    await browser?.close().catch(() => {});
    server?.stop();
    await server?.ended;
    const logs = join(root, 'test/artefacts/logs', name);
    rmSync(logs, { recursive: true, force: true });
    if (keepLogs) copyLogs({ data, pageLog, logs });
    temporary.remove();
    return logs;
  };
  try {
    const workspace = copyWorkspace(folders, join(temporary.path, 'workspace'));
    await prepare?.(workspace.folders);
    server = await startServer(version, {
      ...options,
      folder: data,
      extensions: extensions ?? join(temporary.path, 'extensions'),
    });
    browser = await playwrightOf(version).chromium.launch(launchOptions());
    const page = await openPage(browser, { viewport, scale, pageLog });
    const { port, token } = server;
    return {
      page,
      /** Copies of `folders`, as absolute paths. */
      folders: workspace.folders,
      /** The address of a path on this machine, for this VS Code. */
      uri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
      /** Shows the workspace, or shows it again; `payload` are settings of the page. */
      open: (payload = []) => page.goto(address({ port, token, query: query ?? workspace.query, payload })),
      /** Ends everything and takes it away; gives the folder where the logs are, if they are kept. */
      close,
    };
  } catch (error) {
    await close({ keepLogs: true });
    throw error;
  }
}

function address({ port, token, query, payload }) {
  const settings = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload];
  const search = new URLSearchParams({ tkn: token, ...query, payload: JSON.stringify(settings) });
  return `http://127.0.0.1:${port}/?${search}`;
}

async function openPage(browser, { viewport, scale, pageLog }) {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: scale,
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.setDefaultNavigationTimeout(300_000);
  const log = createWriteStream(pageLog);
  page.on('console', (message) => log.write(`${message.type()} ${message.text()}\n`));
  page.on('pageerror', (error) => log.write(`error ${error.stack}\n`));
  return page;
}

function copyLogs({ data, pageLog, logs }) {
  mkdirSync(logs, { recursive: true });
  for (const [from, to] of [
    [pageLog, 'page.log'],
    [join(data, 'server.log'), 'server.log'],
    [join(data, 'data/logs'), 'vscode'],
    [join(data, 'logs'), 'vscode'],
  ]) {
    if (existsSync(from)) cpSync(from, join(logs, to), { recursive: true });
  }
}
