// Vitest's set-up of the suites that run the bundles: they shall never judge an old build.
export { build as setup } from '../../esbuild.mjs';
