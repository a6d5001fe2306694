// The packed extension, installed into VS Code and driven as a person would.
//   node test/vscode/run-ui.mjs [FILE…] [--vsix FILE] [--version 1.100]
//   FILE is the name of one test/ui/FILE.ui.mjs
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { driver } from './drive.mjs';
import { packExtension } from './extension.mjs';
import { installExtension } from './server.mjs';
import { setUp } from './setup.mjs';
import { shooter } from './shots.mjs';
import { readCommandLine } from './versions.mjs';
import { startVSCode } from './vscode.mjs';
import { root, temporaryFolder } from './workspace.mjs';

const minutes = 10;
const sources = join(root, 'test/ui');

function filesNamed(names) {
  const all = readdirSync(sources).filter((file) => file.endsWith('.ui.mjs'));
  const files = names.length === 0 ? all : names.map((name) => `${name}.ui.mjs`);
  const missing = files.find((file) => !all.includes(file));
  if (missing !== undefined) throw new Error(`there is no test/ui/${missing}`);
  if (files.length === 0) throw new Error('there are no tests in test/ui/');
  return files.sort();
}

/** Runs the tests of one file in their order, in one VS Code; after a failed one it is shown anew. */
async function runFile(version, file, extensions) {
  const name = file.replace('.ui.mjs', '');
  const { tests, ...options } = await import(pathToFileURL(join(sources, file)).href);
  const start = await startVSCode(version, {
    name: `ui-${name}`,
    folders: ['examples/estate'],
    ...options,
    extensions,
  });
  const { page } = start;
  const v = { ...start, ...driver(page), version };
  const shot = shooter(page);
  const failures = [];
  console.log(`\n  ${name}`);
  try {
    await v.open();
    for (const [title, test] of Object.entries(tests)) {
      const begin = Date.now();
      const error = await withinTime(() => test({ page, v, shot }));
      const time = `(${Date.now() - begin}ms)`;
      if (error === undefined) console.log(`    ✔ ${title} ${time}`);
      else {
        failures.push(title);
        const picture = await shot(`FAILED ${name} ${title}`).catch(() => 'no screenshot');
        console.log(`    ✘ ${title} ${time}\n${indent(error)}\n      ${picture}`);
        await v.open();
      }
    }
  } finally {
    const logs = await v.close({ keepLogs: failures.length > 0 });
    if (failures.length > 0) console.log(`      logs: ${logs}`);
  }
  const count = Object.keys(tests).length;
  if (count === 0) throw new Error(`test/ui/${file} has no tests`);
  return { passed: count - failures.length, failed: failures.length };
}

/** What the test threw, if anything. */
async function withinTime(test) {
  const late = pause(minutes * 60_000, new Error(`did not end within ${minutes} minutes`), { ref: false });
  return Promise.race([
    late,
    Promise.resolve()
      .then(test)
      .then(
        () => undefined,
        (error) => error ?? new Error('threw nothing'),
      ),
  ]);
}

function indent(error) {
  return stripVTControlCharacters(error.stack ?? String(error)).replaceAll(/^/gm, '      ');
}

const total = { passed: 0, failed: 0 };
try {
  const { version, values, positionals } = readCommandLine({ vsix: { type: 'string' } });
  const files = filesNamed(positionals);
  const temporary = temporaryFolder();
  const vsix = values.vsix === undefined ? packExtension(temporary.path) : resolve(values.vsix);
  if (!existsSync(vsix)) throw new Error(`there is no ${vsix}`);
  await setUp(version);
  const extensions = join(temporary.path, 'extensions');
  await installExtension(version, { vsix, extensions, folder: temporary.path });
  console.log(`\nVS Code ${version.vscode}, test/ui/`);
  for (const file of files) {
    try {
      const { passed, failed } = await runFile(version, file, extensions);
      total.passed += passed;
      total.failed += failed;
    } catch (error) {
      console.log(`    ✘ ${file}\n${indent(error)}`);
      total.failed += 1;
    }
  }
} catch (error) {
  console.error(`test/vscode/run-ui.mjs: ${error.message}`);
  total.failed += 1;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
