// Editors of others, with the configurations that docs/editors gives them. Needs a build.
import { testNeovim } from './neovim.mjs';

const { passed, failed } = testNeovim();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
