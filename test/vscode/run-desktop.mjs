// The host suite in a desktop VS Code, which @vscode/test-electron downloads.
//   npm run test:desktop -- [ROW…] [--grep PATTERN]
//     --vscode VERSION      stable (as without), insiders, or one like 1.91.0
//     --executable FILE     a VS Code that is installed, instead
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { buildExtension } from './extension.mjs';
import { hostReport, hostRuns, testsEntry } from './host-tests.mjs';
import { writeSettings } from './settings.mjs';
import { copyWorkspace, root, temporaryFolder } from './workspace.mjs';

/** Runs the tests of a row and shows how they went. */
async function run(one, { vscode = 'stable', executable, grep }) {
  const temporary = temporaryFolder();
  const data = join(temporary.path, 'data');
  const { folders = [], settings, trusted = true, prepare } = one.row;
  const { folders: copies, query } = copyWorkspace(folders, join(temporary.path, 'workspace'));
  await prepare?.(copies);
  writeSettings(data, settings);
  const report = hostReport(one, grep);
  let trouble;
  try {
    await runTests({
      ...(executable === undefined ? { version: vscode } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: root,
      extensionTestsPath: testsEntry,
      extensionTestsEnv: report.env,
      launchArgs: [
        ...(query.workspace === undefined ? copies : [query.workspace]),
        ...['--user-data-dir', data, '--extensions-dir', join(temporary.path, 'extensions')],
        ...(trusted ? ['--disable-workspace-trust'] : []),
      ],
    });
  } catch (error) {
    trouble = error;
  }
  const counts = report.print();
  temporary.remove();
  if (counts === undefined) throw trouble ?? new Error('VS Code ended without running the tests');
  return counts;
}

const total = { passed: 0, failed: 0 };
try {
  const text = { type: 'string' };
  const options = { vscode: text, executable: text, grep: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  buildExtension();
  for (const one of await hostRuns(positionals)) {
    console.log(`\nDesktop VS Code, test/vscode/suite/${one.name === '.' ? '' : one.name}`);
    const { passed, failed } = await run(one, values);
    total.passed += passed;
    total.failed += failed;
  }
} catch (error) {
  console.error(`npm run test:desktop: ${error.message}`);
  if (error.code === 'ENOTFOUND') {
    console.error(
      'VS Code could not be downloaded. Give one by --executable, or use `npm test -- --only host`, which needs no download.',
    );
  }
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
