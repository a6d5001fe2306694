// `npm start`: a first look, from a fresh clone on. Needs only Node.js, npm and git at its start.
import { installDependencies } from './run/dependencies.mjs';
import { runNode } from './run/process.mjs';

const estate = 'examples/estate';
/** The estate has mistakes on purpose, so the validator shall end with 1; these would be the product's fault. */
const expected = [0, 1];

const next = `
Next
  your own files      npx kea-policy validate PATH
  apply safe fixes    npx kea-policy validate PATH --fix          (--fix --diff only shows them)
  why a finding?      npx kea-policy rules RULE
  a new project       npx kea-policy init FOLDER
  everything else     npx kea-policy --help
  in VS Code          npm run try                                 (opens in the browser, with this estate)
  all tests           npm test
`;

async function start() {
  await installDependencies();
  console.log('Building…');
  const build = await runNode(['esbuild.mjs'], { minutes: 15 });
  if (build.code !== 0) throw new Error('the build failed; what it said is above.');
  console.log(`\n$ npx kea-policy validate ${estate}      (an example with mistakes)\n`);
  const color = process.stdout.isTTY ? ['--color'] : [];
  const run = ['server/bin/kea-policy.js', 'validate', estate, '--format', 'pretty', ...color];
  const { code, timedOut } = await runNode(run, { minutes: 10 });
  if (timedOut || !expected.includes(code))
    throw new Error(`the validator ended with ${code ?? 'a signal'}.`);
  console.log(next);
}

try {
  await start();
} catch (error) {
  console.error(`npm start: ${error.message}`);
  process.exitCode = 1;
}
