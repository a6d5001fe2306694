#!/usr/bin/env node
'use strict';
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const dist = join(__dirname, '../dist');

/**
 * Starts a program of `dist`, or says that it is not built.
 * @param {string} name without `.js`
 * @param {string} what how that begins
 */
function start(name, what) {
  try {
    if (compiled(name)) load(name);
    else {
      // keeps the compiled code in Node's own cache, where Node.js has one
      require('node:module').enableCompileCache?.();
      require(`../dist/${name}.js`);
    }
  } catch (error) {
    // Only this file's own require: a module missing deeper down is a fault of the program and shows as one.
    if (error.code !== 'MODULE_NOT_FOUND' || error.requireStack?.[0] !== __filename) throw error;
    process.stderr.write(`${what} is not built yet; run \`npm run build\` first.\n`);
    process.exitCode = 70;
  }
}

/** What the parts of programs that were loaded export, by name. */
const loaded = new Map();

/** Loads a program, or a part of one, of `dist`: with the code that V8 compiled for it, where there is some. */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const script = compiled(name);
  const module = { exports: {} };
  loaded.set(name, module);
  if (!script) return (module.exports = require(`../dist/${name}.js`));
  const folder = dirname(name);
  const own = (id) => (id.startsWith('.') ? load(join(folder, id.replace(/\.js$/, ''))) : require(id));
  const filename = join(dist, `${name}.js`);
  script.runInThisContext()(module.exports, own, module, filename, dirname(filename));
  return module.exports;
}

const scripts = new Map();

/**
 * A program with the code that V8 compiled for it when it was built: compiling is half of a start. Only for the very
 * program and the very Node.js that it was made with (scripts/build/code-cache.mjs); `undefined` for others.
 */
function compiled(name) {
  if (scripts.has(name)) return scripts.get(name);
  const script = withItsCode(name);
  scripts.set(name, script);
  return script;
}

function withItsCode(name) {
  const filename = join(dist, `${name}.js`);
  let source, code;
  try {
    code = readFileSync(join(dist, `${name}.code-cache`));
    source = readFileSync(filename, 'utf8');
  } catch {
    return undefined;
  }
  const end = code.indexOf('\n');
  const key = `${source.slice(source.lastIndexOf('//') + 2).trim()} ${process.version} ${process.arch}`;
  if (code.latin1Slice(0, end) !== key) return undefined;
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  return new Script(wrapped, { filename, cachedData: code.subarray(end + 1) });
}

// kea-policy-language-server.js starts the other program
module.exports = start;
if (require.main === module) start('cli', 'kea-policy: the command line');
