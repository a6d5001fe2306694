import fc from 'fast-check';

// The same cases each time, so that a red run is about the change that it judges; KEA_FUZZ looks for new ones.
if (process.env.KEA_FUZZ === undefined) fc.configureGlobal({ seed: 20261123 });
