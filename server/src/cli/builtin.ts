// The Node that VS Code before 1.94 brings can't be asked for its parts.
const required = {
  'node:child_process': () => require('node:child_process') as typeof import('node:child_process'),
  'node:tty': () => require('node:tty') as typeof import('node:tty'),
};

type Parts = typeof required;

/** A part of Node that is loaded by who first needs it: most runs do without. */
export const builtin = <Name extends keyof Parts>(name: Name): ReturnType<Parts[Name]> =>
  (process.getBuiltinModule?.(name) ?? required[name]()) as ReturnType<Parts[Name]>;
