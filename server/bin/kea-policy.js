#!/usr/bin/env node
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const dist = `${__dirname}/../dist`;

// kea-policy-language-server.js starts the other program
module.exports = start;
if (require.main === module) start('cli', 'kea-policy: the command line');

/**
 * Starts a program of `dist`, or says that it is not built.
 * @param {string} name without `.js`
 * @param {string} what how that begins
 */
function start(name, what) {
  try {
    if (runCompiled(name)) return;
    // keeps the compiled code in Node's own cache, where Node.js has one
    require('node:module').enableCompileCache?.();
    require(`../dist/${name}.js`);
  } catch (error) {
    // Only this file's own require: a module missing deeper down is a fault of the program and shows as one.
    if (error.code !== 'MODULE_NOT_FOUND' || error.requireStack?.[0] !== __filename) throw error;
    process.stderr.write(`${what} is not built yet; run \`npm run build\` first.\n`);
    process.exitCode = 70;
  }
}

/**
 * Runs a program with the code that V8 compiled for it when it was built: compiling is half of a start. Only for the
 * very program and the very Node.js that it was made with (scripts/build/code-cache.mjs).
 * @returns whether that was so
 */
function runCompiled(name) {
  let source, compiled;
  try {
    compiled = readFileSync(`${dist}/${name}.code-cache`);
    source = readFileSync(`${dist}/${name}.js`, 'utf8');
  } catch {
    return false;
  }
  const end = compiled.indexOf('\n');
  const key = `${source.slice(source.lastIndexOf('//') + 2).trim()} ${process.version} ${process.arch}`;
  if (compiled.latin1Slice(0, end) !== key) return false;
  const filename = `${dist}/${name}.js`;
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new Script(wrapped, { filename, cachedData: compiled.subarray(end + 1) });
  const own = (id) => require(id.startsWith('./') ? `../dist/${id}` : id);
  script.runInThisContext()(exports, own, module, filename, dist);
  return true;
}
