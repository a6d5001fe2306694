// A desktop VS Code with an extension under development and its tests.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withoutVSCode } from './environment.mjs';

const root = join(import.meta.dirname, '../..');

/**
 * What VS Code is started with. `runTests` of @vscode/test-electron would do, but that it always trusts the workspace.
 * @param {object} options
 * @param {readonly string[]} options.open folders or a workspace file
 * @param {string} options.tests a module with `run`
 * @param {string} options.data an own folder for its data
 * @param {string} options.extensions a folder of installed extensions
 * @param {boolean} options.trusted false leaves it to the settings whether the workspace is trusted
 * @returns {string[]}
 */
export function desktopArguments({ open, tests, data, extensions, trusted }) {
  return [
    ...open,
    // as root, in containers and without a graphics card too
    ...['--no-sandbox', '--disable-gpu-sandbox'],
    ...['--disable-updates', '--skip-welcome', '--skip-release-notes'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    `--extensionDevelopmentPath=${root}`,
    `--extensionTestsPath=${tests}`,
    `--user-data-dir=${data}`,
    `--extensions-dir=${extensions}`,
  ];
}

/**
 * Runs VS Code until it ends by itself.
 * @param {string} executable VS Code itself, not its command-line script, which ends at once
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 * @throws Error where it can't be started
 */
export function runDesktop(executable, args, env) {
  return new Promise((resolve, reject) => {
    const vscode = spawn(executable, args, {
      env: { ...withoutVSCode(process.env), ...env },
      stdio: 'inherit',
    });
    vscode.once('error', reject);
    vscode.once('exit', (code) => resolve(code ?? 1));
  });
}
