// Runs a program of server/dist (NAME ARGUMENTS…) and writes what V8 compiled for it into the file KEA_POLICY_COMPILED.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const [name] = process.argv.splice(2, 1);
let script;
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, { ...options, cachedData: undefined });
    script = this;
  }
};
// at the end, so that what was compiled only when it was called is in it
process.on('exit', () => writeFileSync(process.env.KEA_POLICY_COMPILED, script.createCachedData()));
require('../../server/bin/kea-policy.js')(name, name);
