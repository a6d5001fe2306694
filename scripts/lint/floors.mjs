// The floors of server/src as data (ARCHITECTURE.md). ESLint holds them: see only-downward.mjs.

/** From the ground up; the folders of one floor stand side by side. */
export const floors = [
  ['syntax'],
  ['schema', 'model'],
  ['project'],
  ['rules'],
  ['engine'],
  ['features', 'insight'],
  ['cli', 'lsp'],
];

/** The faces: only they, and the entries beside the folders, know what they run in. */
export const faces = ['cli', 'lsp'];

/** What of the `vscode…` packages is plain data and pure functions, and so fit for every floor. */
export const pureVscodePackages = ['vscode-json-languageservice', 'vscode-languageserver-types'];

/** What the extension may take from the server: the types of their messages, and no logic. */
export const sharedWithClient = 'server/src/features/protocol.ts';
