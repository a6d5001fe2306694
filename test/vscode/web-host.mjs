// Starts @vscode/test-web in a process of its own, as run-web.mjs asks: with its options as JSON, and with our
// Chromium instead of a downloaded one.
import { createRequire } from 'node:module';
import { launchOptions } from './browser.mjs';

const require = createRequire(import.meta.url);
const place = require.resolve('@vscode/test-web');
const { chromium } = createRequire(place)('playwright');
const launch = chromium.launch.bind(chromium);
chromium.launch = () => launch(launchOptions());

const { runTests } = require(place);
try {
  await runTests(JSON.parse(process.argv[2]));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
