// The host suite in a desktop VS Code, which @vscode/test-electron downloads.
//   npm run test:desktop -- [ROW…] [--grep PATTERN]
//     --vscode VERSION      stable (as without), insiders, or one like 1.91.0
//     --executable FILE     a VS Code that is installed, instead; or KEA_VSCODE_EXECUTABLE in the environment
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { desktopArguments, runDesktop } from './desktop.mjs';
import { buildExtension } from './extension.mjs';
import { hostReport, hostRuns, testsEntry } from './host-tests.mjs';
import { writeSettings } from './settings.mjs';
import { copyWorkspace, temporaryFolder } from './workspace.mjs';

/** Runs the tests of a row and shows how they went. */
async function run(executable, one, grep) {
  const temporary = temporaryFolder();
  const data = join(temporary.path, 'data');
  const { folders = [], settings, trusted = true, prepare } = one.row;
  const { folders: copies, query } = copyWorkspace(folders, join(temporary.path, 'workspace'));
  await prepare?.(copies);
  writeSettings(data, settings);
  const report = hostReport(one, grep);
  const args = desktopArguments({
    open: query.workspace === undefined ? copies : [query.workspace],
    tests: testsEntry,
    data,
    extensions: join(temporary.path, 'extensions'),
    trusted,
  });
  const code = await runDesktop(executable, args, report.env);
  const counts = report.print();
  temporary.remove();
  if (counts === undefined) throw new Error(`${executable} ended with ${code} and ran no test`);
  return counts;
}

const total = { passed: 0, failed: 0 };
try {
  const text = { type: 'string' };
  const options = { vscode: text, executable: text, grep: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const installed = values.executable ?? process.env.KEA_VSCODE_EXECUTABLE;
  const executable = installed
    ? resolve(installed)
    : await downloadAndUnzipVSCode({ version: values.vscode ?? 'stable' });
  buildExtension();
  for (const one of await hostRuns(positionals)) {
    console.log(`\nDesktop VS Code, test/vscode/suite/${one.name === '.' ? '' : one.name}`);
    const { passed, failed } = await run(executable, one, values.grep);
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
