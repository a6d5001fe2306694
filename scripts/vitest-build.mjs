export { build as setup } from '../esbuild.mjs';
