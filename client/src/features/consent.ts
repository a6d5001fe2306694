import * as vscode from 'vscode';
import type { StatementAnswer, StatementText } from '../../../server/src/features/protocol';

/** The one question whose answer is an acceptance. Resolves to whether the user pressed the button that says so. */
export async function confirmAcceptance(
  statement: StatementAnswer,
  shown: StatementText | undefined,
  names: readonly string[],
  acceptedBy: string,
): Promise<boolean> {
  const accept = vscode.l10n.t('I Confirm and Accept');
  // the first button has the focus: a key pressed once too often must not accept anything
  const refuse = vscode.l10n.t('Do Not Accept');
  const lines = [
    shown
      ? vscode.l10n.t(
          'Text shown: {0}, SHA-256 {1}…',
          languageName(shown.language),
          shown.sha256.slice(0, 12),
        )
      : vscode.l10n.t('No text was shown here, so none is recorded.'),
    names.length === 1
      ? vscode.l10n.t('Recorded in “{0}”, accepted by {1}.', names[0]!, acceptedBy)
      : vscode.l10n.t(
          'Recorded in {0} files, accepted by {1}: {2}',
          names.length,
          acceptedBy,
          namesInShort(names),
        ),
    statement.recordNotice,
  ];
  const chosen = await vscode.window.showWarningMessage(
    statement.sentence,
    { modal: true, detail: lines.join('\n\n') },
    refuse,
    accept,
  );
  return chosen === accept;
}

const mostNames = 8;

function namesInShort(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames
    ? vscode.l10n.t('{0} and {1} more', shown, names.length - mostNames)
    : shown;
}

/** Who accepts: from the settings, else asked. `undefined`: the user gave up. */
export async function askAcceptor({ approvers }: StatementAnswer): Promise<string | undefined> {
  const set = vscode.workspace.getConfiguration('keaPolicy').get<string>('acceptedBy')?.trim();
  if (set && (approvers.length === 0 || approvers.includes(set))) return set;
  if (approvers.length > 0) {
    return vscode.window.showQuickPick([...approvers], {
      title: vscode.l10n.t('Who accepts the KSN Statement?'),
      placeHolder: vscode.l10n.t('The config says who may accept: choose yourself, or press Escape'),
      ignoreFocusOut: true,
    });
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Who accepts the KSN Statement?'),
    prompt: vscode.l10n.t(
      'Your name, or a role with a ticket. It is recorded as acceptedBy; the setting keaPolicy.acceptedBy keeps it.',
    ),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
  });
  return name?.trim();
}

/** `English (en)`, in the words of the editor's own language. */
export function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([vscode.env.language], { type: 'language' }).of(tag);
    return name === undefined || name === tag ? tag : `${name} (${tag})`;
  } catch {
    return tag; // not a language tag: shown as it stands
  }
}
