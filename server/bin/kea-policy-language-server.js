#!/usr/bin/env node
'use strict';
const start = require('./kea-policy.js');

const args = process.argv.slice(2);
if (args.some((arg) => /^--(stdio|node-ipc|pipe=.+|socket=\d+)$/.test(arg))) {
  start('node', 'kea-policy-language-server: the language server');
} else {
  // No editor starts it like this: the command line says what is amiss.
  if (!args.includes('--version')) process.argv.splice(2, 0, 'language-server');
  start('cli', 'kea-policy-language-server: the command line');
}
