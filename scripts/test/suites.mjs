/** Vitest's suites, one for every folder of test/; `built` ones run the bundles as processes. */
export const suites = [
  { name: 'rules', built: false },
  { name: 'engine', built: false },
  { name: 'features', built: false },
  { name: 'insight', built: false },
  { name: 'client', built: true },
  { name: 'cli', built: true },
  { name: 'lsp', built: true },
  { name: 'parity', built: true },
];
