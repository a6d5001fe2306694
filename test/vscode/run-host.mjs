// The suite that runs inside VS Code's extension host, against the extension as it lies in the repository.
//   node test/vscode/run-host.mjs [ROW…] [--grep PATTERN] [--version 1.100]
import { setTimeout as pause } from 'node:timers/promises';
import { buildExtension } from './extension.mjs';
import { hostReport, hostRuns, testsEntry } from './host-tests.mjs';
import { setUp } from './setup.mjs';
import { shooter } from './shots.mjs';
import { readCommandLine } from './versions.mjs';
import { startVSCode } from './vscode.mjs';
import { root } from './workspace.mjs';

const minutes = 20;

/** Runs the tests of a row and shows how they went. */
async function run(version, one, grep) {
  const report = hostReport(one, grep);
  const name = `host-${one.name === '.' ? 'suite' : one.name}`;
  const vscode = await startVSCode(version, { ...one.row, name, testDriver: true, env: report.env });
  const { page, uri } = vscode;
  let counts;
  try {
    const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', () => resolve(true)));
    await page.exposeFunction('codeAutomationLog', () => {});
    await vscode.open([
      ['extensionDevelopmentPath', uri(root)],
      ['extensionTestsPath', uri(testsEntry)],
    ]);
    const inTime = await Promise.race([ended, pause(minutes * 60_000, false, { ref: false })]);
    counts = report.print();
    if (counts === undefined) {
      console.log(
        inTime ? 'VS Code ended without running the tests' : `there was no end within ${minutes} minutes`,
      );
      console.log(`see ${await shooter(page)(`FAILED ${name}`)}`);
    }
  } finally {
    const keepLogs = counts === undefined || counts.failed > 0;
    const logs = await vscode.close({ keepLogs });
    if (keepLogs) console.log(`logs: ${logs}`);
  }
  return counts ?? { passed: 0, failed: 1 };
}

const total = { passed: 0, failed: 0 };
try {
  const { version, values, positionals } = readCommandLine({ grep: { type: 'string' } });
  buildExtension();
  const runs = await hostRuns(positionals);
  await setUp(version);
  for (const one of runs) {
    console.log(`\nVS Code ${version.vscode}, test/vscode/suite/${one.name === '.' ? '' : one.name}`);
    const { passed, failed } = await run(version, one, values.grep);
    total.passed += passed;
    total.failed += failed;
  }
} catch (error) {
  console.error(`test/vscode/run-host.mjs: ${error.message}`);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
