// The suite that runs in a browser's extension host, as on vscode.dev: no Node.js, a virtual workspace.
//   node test/vscode/run-web.mjs
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as esbuild from 'esbuild';
import { buildExtension } from './extension.mjs';
import { setUp } from './setup.mjs';
import { readCommandLine } from './versions.mjs';
import { copyWorkspace, root, temporaryFolder } from './workspace.mjs';

const minutes = 20;
const artefacts = join(root, 'test/artefacts/web');
const mark = 'web-test:';

/** All tests as one file that VS Code can load. */
async function bundleTests() {
  const folder = join(root, 'test/web');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  if (files.length === 0) throw new Error('there are no tests in test/web/');
  const outfile = join(artefacts, 'tests.js');
  await esbuild.build({
    absWorkingDir: root,
    stdin: {
      contents: [
        "export { run } from '../vscode/web-mocha.mjs';",
        ...files.sort().map((name) => `import './${name}';`),
      ].join('\n'),
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'cjs',
    external: ['vscode'],
    define: { global: 'globalThis' },
    logLevel: 'warning',
  });
  return outfile;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs them; gives the counts that they say, or one failed where they say none. */
function run(options) {
  const log = createWriteStream(join(artefacts, 'vscode.log'));
  const host = spawn(process.execPath, [join(import.meta.dirname, 'web-host.mjs'), JSON.stringify(options)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = () => {
    try {
      process.kill(-host.pid, 'SIGKILL');
    } catch {
      // all of it has ended already
    }
  };
  process.once('exit', end);
  let counts;
  for (const stream of [host.stdout, host.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      const found = line.indexOf(mark);
      if (found < 0) return;
      const said = line.slice(found + mark.length);
      const [, passed, failed] = /^(\d+) passed, (\d+) failed/.exec(said) ?? [];
      if (passed !== undefined) counts = { passed: Number(passed), failed: Number(failed) };
      else console.log(`  ${said}`);
    });
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      console.log(`there was no end within ${minutes} minutes`);
      end();
    }, minutes * 60_000);
    host.once('error', reject);
    host.once('close', (code) => {
      clearTimeout(timer);
      end();
      if (counts === undefined) console.log('the tests said no counts; see test/artefacts/web/vscode.log');
      if (counts === undefined || (code !== 0 && counts.failed === 0)) resolve({ passed: 0, failed: 1 });
      else resolve(counts);
    });
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

let counts = { passed: 0, failed: 1 };
try {
  const { version } = readCommandLine();
  const builds = join(version.folder, 'node_modules/.web');
  mkdirSync(artefacts, { recursive: true });
  buildExtension();
  const tests = await bundleTests();
  await setUp(version);
  if (!existsSync(builds)) throw new Error(`there is no web build of VS Code ${version.vscode}`);
  const temporary = temporaryFolder();
  const { folders } = copyWorkspace(['examples/estate'], temporary.path);
  const [name] = readdirSync(builds);
  console.log('\nVS Code for the web, test/web/');
  counts = await run({
    browserType: 'chromium',
    extensionDevelopmentPath: root,
    extensionTestsPath: tests,
    folderPath: folders[0],
    quality: 'stable',
    commit: name.split('-').at(-1),
    testRunnerDataDir: builds,
    port: await freePort(),
  });
} catch (error) {
  console.error(`test/vscode/run-web.mjs: ${error.message}`);
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.passed > 0 && counts.failed === 0 ? 0 : 1);
