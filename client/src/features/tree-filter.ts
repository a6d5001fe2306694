import * as vscode from 'vscode';

/**
 * Asks for the filter's words; the tree follows while they are typed.
 * @param now the filter in use, which comes back if the user presses Escape
 */
export function askFilter(now: string, apply: (filter: string) => void): Promise<void> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter policies and devices');
  input.prompt = vscode.l10n.t('Words that the name, group, path, state or Statement must contain');
  input.value = now;
  return new Promise((resolve) => {
    let accepted = false;
    input.onDidChangeValue((value) => apply(value.trim()));
    input.onDidAccept(() => {
      accepted = true;
      apply(input.value.trim());
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) apply(now);
      input.dispose();
      resolve();
    });
    input.show();
  });
}
