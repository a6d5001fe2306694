// What a VS Code that is started here must not hear of the one around it.

/** A VS Code that started this very process tells its terminals, by these, to talk to itself. */
export function withoutVSCode(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('VSCODE_') && !name.startsWith('ELECTRON_')),
  );
}
