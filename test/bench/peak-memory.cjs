// Loaded before a measured program: says at its end how much memory it had at most.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', () => {
    writeFileSync(process.env.KEA_POLICY_BENCH_MEMORY, String(process.resourceUsage().maxRSS * 1024));
  });
}
