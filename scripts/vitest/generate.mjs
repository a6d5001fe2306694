// Vitest's set-up of the suites that run the sources: the generated ones must be there.
export { generate as setup } from '../generate.mjs';
