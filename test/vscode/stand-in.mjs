#!/usr/bin/env node
// Takes a desktop VS Code's place where there is none: understands what it is started with, and does it in the
// VS Code of this folder. `npm run test:desktop -- --executable test/vscode/stand-in.mjs`
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setUp } from './setup.mjs';
import { readCommandLine } from './versions.mjs';
import { startVSCode } from './vscode.mjs';

const minutes = 20;
const text = { type: 'string' };
const flag = { type: 'boolean' };

// what it does not know, it refuses
const { version, values, positionals } = readCommandLine({
  extensionDevelopmentPath: text,
  extensionTestsPath: text,
  'user-data-dir': text,
  'extensions-dir': text,
  'no-sandbox': flag,
  'disable-gpu-sandbox': flag,
  'disable-updates': flag,
  'skip-welcome': flag,
  'skip-release-notes': flag,
  'disable-workspace-trust': flag,
});
const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
if (!existsSync(join(extension, 'package.json'))) throw new Error(`there is no extension in ${extension}`);
if (!existsSync(tests)) throw new Error(`there are no tests at ${tests}`);
if (positionals.length > 1) throw new Error('several folders are opened by a workspace file');

function query([open]) {
  if (open === undefined) return { ew: 'true' };
  return statSync(open).isDirectory() ? { folder: open } : { workspace: open };
}

await setUp(version);
const vscode = await startVSCode(version, {
  name: 'stand-in',
  query: query(positionals),
  settings: JSON.parse(readFileSync(join(values['user-data-dir'], 'User/settings.json'), 'utf8')),
  trusted: values['disable-workspace-trust'] === true,
  extensions: values['extensions-dir'],
  testDriver: true,
});
const ended = new Promise((resolve) => vscode.page.exposeFunction('codeAutomationExit', resolve));
await vscode.page.exposeFunction('codeAutomationLog', () => {});
await vscode.open([
  ['extensionDevelopmentPath', vscode.uri(extension)],
  ['extensionTestsPath', vscode.uri(tests)],
]);
const code = await Promise.race([ended, pause(minutes * 60_000, 1, { ref: false })]);
await vscode.close();
process.exit(code);
