// Mocha for VS Code's extension host in a browser, where the console is the only way out. The bundle of the web
// suite begins with this file, then come the tests, which find `describe` and `it`.
import 'mocha/mocha.js';

/** What the lines of a run begin with, so that run-web.mjs tells them from VS Code's own. */
const mark = 'web-test:';

function Lines(runner) {
  let depth = 0;
  const say = (line) => console.log(`${mark}${'  '.repeat(depth)}${line}`);
  runner.on('suite', ({ title }) => {
    if (title !== '') say(title);
    depth += 1;
  });
  runner.on('suite end', () => (depth -= 1));
  runner.on('pass', ({ title, duration }) => say(`✔ ${title} (${duration}ms)`));
  runner.on('fail', ({ title }, error) => {
    for (const line of [`✘ ${title}`, ...String(error.stack ?? error).split('\n')]) say(line);
  });
}

globalThis.mocha.setup({ ui: 'bdd', reporter: Lines, timeout: 120_000, forbidOnly: true });

/** Runs all tests, says how many passed and failed, and throws where that is not as it should be. */
export function run() {
  return new Promise((resolve, reject) => {
    const runner = globalThis.mocha.run((failed) => {
      const passed = runner.stats.passes;
      console.log(`${mark}${passed} passed, ${failed} failed`);
      if (failed > 0 || passed === 0) reject(new Error('see the lines above'));
      else resolve();
    });
  });
}
