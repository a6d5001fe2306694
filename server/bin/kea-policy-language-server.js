#!/usr/bin/env node
'use strict';

try {
  // keeps the compiled code in Node's own cache, where Node.js has one
  require('node:module').enableCompileCache?.();
  require('../dist/node.js');
} catch (error) {
  // Only this file's own require: a module missing deeper down is a fault of the program and shows as one.
  if (error.code !== 'MODULE_NOT_FOUND' || error.requireStack?.[0] !== __filename) throw error;
  process.stderr.write(
    'kea-policy-language-server: the language server is not built yet; run `npm run build` first.\n',
  );
  process.exitCode = 70;
}
