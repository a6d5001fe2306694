// Runs programs of server/dist one after the other in this process, and writes what V8 compiled for them.
//   warm.cjs FOLDER '[["cli", "validate", "x.kea-policy.json"], …]'   into FOLDER/NAME for each program and part
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const vm = require('node:vm');

const [folder, runs] = process.argv.slice(2);
const launcher = require.resolve('../../server/bin/kea-policy.js');
const dist = join(dirname(launcher), '../dist');
const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    const known = scripts.get(options.filename);
    // another run of the program adds to what is compiled
    if (known) return known;
    // The name is kept with the code and shows in stack traces: not where it was built. A part of the path would be
    // kept with the whole of it, a copy is not.
    const name = relative(dist, options.filename).replaceAll('\\', '/');
    const filename = Buffer.from(`kea-policy/dist/${name}`).toString();
    super(source, { ...options, filename, cachedData: undefined });
    scripts.set(options.filename, this);
  }
};

// at the end, so that what was compiled only when it was called is in it
process.on('exit', () => {
  for (const [filename, script] of scripts) {
    const file = join(folder, relative(dist, filename).replace(/\.js$/, ''));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script.createCachedData());
  }
});

const exit = process.exit.bind(process);
const left = JSON.parse(runs);
next();

function next() {
  const [name, ...args] = left.shift();
  process.argv = [process.argv[0], launcher, ...args];
  if (left.length > 0) process.exit = (code) => (code > 1 ? exit(code) : next());
  // 1: something is found in what was given for that
  else process.exit = (code) => exit(code === 1 ? 0 : code);
  delete require.cache[launcher];
  require(launcher)(name, name);
}
