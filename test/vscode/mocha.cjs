// Loaded by VS Code's extension host, which calls run(). Says how it went by files: the host's own output is
// full of VS Code's lines.
const { appendFileSync, writeFileSync } = require('node:fs');
const { format } = require('node:util');
const Mocha = require('mocha');

/** The run, handed in by the environment: {tests, grep?, report, counts}, the last two being files to write. */
const { tests, grep, report, counts } = JSON.parse(process.env.KEA_HOST_RUN);

// traces speak of the sources
process.setSourceMapsEnabled(true);
Mocha.reporters.Base.consoleLog = (...words) => appendFileSync(report, `${format(...words)}\n`);

exports.run = () =>
  new Promise((resolve, reject) => {
    // a test may wait several times, each time for a minute
    const mocha = new Mocha({ timeout: 300_000, reporter: 'spec', color: false, forbidOnly: true, grep });
    for (const file of tests) mocha.addFile(file);
    const runner = mocha.run((failures) => {
      const { passes } = runner.stats;
      writeFileSync(counts, JSON.stringify({ passed: passes, failed: failures }));
      if (failures > 0 || passes === 0) reject(new Error('see the report'));
      else resolve();
    });
  });
