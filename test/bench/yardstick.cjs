// B, the yardstick: what a few lines of Node do with our schema. Bundled by the bench with the validator that
// ajv makes of schemas/policy.schema.json.
//   node yardstick.js list|stat|read|parse|validate FOLDER [THREADS]
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const validate = require('./validator.js');

const work = {
  stat: (file) => statSync(file).size < 0,
  read: (file) => readFileSync(file, 'utf8').length < 0,
  parse: (file) => JSON.parse(readFileSync(file, 'utf8')) === undefined,
  validate: (file) => !validate(JSON.parse(readFileSync(file, 'utf8'))),
};

function list(folder, files = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) list(`${folder}/${entry.name}`, files);
    else if (entry.name.endsWith('.kea-policy.json')) files.push(`${folder}/${entry.name}`);
  }
  return files;
}

function countWrong(mode, files) {
  let wrong = 0;
  for (const file of files) if (work[mode](file)) wrong++;
  return wrong;
}

if (!isMainThread) {
  require('node:worker_threads').parentPort.postMessage(countWrong(workerData.mode, workerData.files));
} else {
  const [mode, folder, threads = '1'] = process.argv.slice(2);
  const files = list(folder);
  const done = (wrong) => console.log(JSON.stringify({ files: files.length, wrong }));
  if (mode === 'list') done(0);
  else if (threads === '1') done(countWrong(mode, files));
  else {
    const half = files.length >> 1;
    const worker = new Worker(__filename, { workerData: { mode, files: files.slice(half) } });
    const own = countWrong(mode, files.slice(0, half));
    worker.once('message', (other) => done(own + other));
  }
}
