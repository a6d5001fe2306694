// The two VS Codes that the suites run in: today's, and one near the lower end of `engines.vscode`.
import { parseArgs } from 'node:util';

const versions = {
  1.139: { name: '1.139', vscode: '1.139.1', folder: folder('runtime') },
  '1.100': { name: '1.100', vscode: '1.100.3', folder: folder('runtime-1.100') },
};

function folder(name) {
  return `${import.meta.dirname}/${name}`;
}

/**
 * The version that `--version` names, or else the environment's KEA_VSCODE; today's where neither does.
 * @returns {{version: {name: string, vscode: string, folder: string}, values: object, positionals: string[]}}
 *   with the other options and words of the command line
 * @throws Error where there is no such version, or no such option
 */
export function readCommandLine(options = {}) {
  const { values, positionals } = parseArgs({
    options: { version: { type: 'string' }, ...options },
    allowPositionals: true,
  });
  const name = values.version ?? process.env.KEA_VSCODE ?? '1.139';
  const version = versions[name];
  if (version === undefined) {
    throw new Error(`there is no VS Code ${name} here, only ${Object.keys(versions).sort().join(' and ')}`);
  }
  return { version, values, positionals };
}
