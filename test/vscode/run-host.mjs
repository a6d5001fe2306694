// The suite that runs inside VS Code's extension host, against the extension as it lies in the repository.
//   node test/vscode/run-host.mjs [ROW…] [--grep PATTERN] [--version 1.100]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildExtension } from './extension.mjs';
import { hostRuns } from './host-tests.mjs';
import { setUp } from './setup.mjs';
import { shooter } from './shots.mjs';
import { readCommandLine } from './versions.mjs';
import { startVSCode } from './vscode.mjs';
import { root, temporaryFolder } from './workspace.mjs';

const minutes = 5;

async function run(version, { name, row, tests }, grep) {
  const results = temporaryFolder();
  const report = join(results.path, 'report.txt');
  const counts = join(results.path, 'counts.json');
  const logName = `host-${name === '.' ? 'suite' : name}`;
  const vscode = await startVSCode(version, {
    name: logName,
    ...row,
    testDriver: true,
    env: { KEA_HOST_RUN: JSON.stringify({ tests, grep, report, counts }) },
  });
  let passed = false;
  try {
    const { page, uri } = vscode;
    const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', () => resolve(true)));
    await page.exposeFunction('codeAutomationLog', () => {});
    await vscode.open([
      ['extensionDevelopmentPath', uri(root)],
      ['extensionTestsPath', uri(join(import.meta.dirname, 'mocha.cjs'))],
    ]);
    const inTime = await Promise.race([ended, pause(minutes * 60_000, false, { ref: false })]);
    if (existsSync(report)) process.stdout.write(readFileSync(report, 'utf8'));
    if (!existsSync(counts)) {
      const why = inTime ? "VS Code's extension host gave up" : `there was no end within ${minutes} minutes`;
      console.log(`${why}; see test/artefacts/shots/${logName}.png and test/artefacts/logs/${logName}/`);
      await shooter(page)(logName);
      return { passed: 0, failed: 1 };
    }
    const result = JSON.parse(readFileSync(counts, 'utf8'));
    if (result.passed + result.failed === 0) return { passed: 0, failed: 1 };
    passed = result.failed === 0;
    return result;
  } finally {
    await vscode.close({ keepLogs: !passed });
    results.remove();
  }
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
