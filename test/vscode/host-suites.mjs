// What runs inside VS Code's extension host: one row, one start of VS Code.

/**
 * The tests of a row are test/vscode/suite/<name>/*.test.ts, those of `.` lie directly in suite/. `folders` are
 * copied and opened, one as a folder, several as a workspace with several folders, none as an empty window.
 * A row may also have `settings` and `trusted: false`.
 */
export const hostSuites = {
  '.': { folders: ['examples/estate'] },
  several: { folders: ['examples/estate', 'examples/estate-in-order'] },
  untrusted: {
    folders: ['examples/estate'],
    trusted: false,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  },
  'no-policies': { folders: [] },
};
