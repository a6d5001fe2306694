// `npm test`: everything, from a fresh clone on. Needs only Node.js, npm and git at its start.
//   npm test                        all suites
//   npm test -- --only cli,lsp      some of them
// Its last line is `N passed, N failed`; it ends with 0 only where every suite ran and nothing failed.
import { parseArgs } from 'node:util';
import { installDependencies } from './run/dependencies.mjs';
import { runNode } from './run/process.mjs';
import { forgetVitestReport } from './test/counts.mjs';
import { before, chosen, setUp } from './test/steps.mjs';
import { failure, verdict } from './test/verdict.mjs';

async function runStep(step) {
  console.log(`\n──── ${step.name} ${'─'.repeat(70 - step.name.length)}`);
  const start = Date.now();
  const end = await runNode(step.run, { minutes: step.minutes });
  const results = verdict(step, end);
  results[0].seconds = (Date.now() - start) / 1000;
  return results;
}

/** Sets up the VS Code for the tests beside the steps that do not need it; what it writes is shown if it fails. */
async function setUpVSCode() {
  const { code, output, timedOut } = await runNode(setUp.run, { minutes: setUp.minutes, quiet: true });
  if (code === 0) return true;
  console.log(`\nSetting up VS Code ${timedOut ? 'took too long' : 'failed'}:\n${output}`);
  return false;
}

async function runAll(steps) {
  const built = await runStep(before);
  if (built.some(({ failed }) => failed > 0)) {
    return [...built, ...steps.map(({ name }) => failure(name, 'not run: nothing was built'))];
  }
  const ready = steps.some(({ after }) => after === setUp.name) ? setUpVSCode() : undefined;
  const results = [...built];
  for (const step of steps) {
    const canRun = step.after !== setUp.name || (await ready);
    results.push(
      ...(canRun ? await runStep(step) : [failure(step.name, 'not run: no VS Code to run it in')]),
    );
  }
  return results;
}

function print(results) {
  console.log(
    `\n${'suite'.padEnd(12)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(10)}`,
  );
  for (const { suite, passed, failed, seconds, note } of results) {
    const time = seconds === undefined ? '' : seconds.toFixed(1);
    const row = [suite.padEnd(12), String(passed).padStart(8), String(failed).padStart(8), time.padStart(10)];
    console.log(`${row.join('')}${note === undefined ? '' : `  ${note}`}`);
  }
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0;
}

function readOptions() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  return chosen((values.only ?? []).flatMap((names) => names.split(',')));
}

try {
  const steps = readOptions();
  await installDependencies();
  forgetVitestReport();
  if (!print(await runAll(steps))) process.exitCode = 1;
} catch (error) {
  console.error(`npm test: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
