import * as vscode from 'vscode';
import type { TreeDocument } from '../../../server/src/features/protocol';

/** A tree item that stands for a document, or for a row below one. */
export interface HasDocument {
  readonly document: TreeDocument;
}

/** The file that a command is about: what it was called with, else the active editor's. */
export function targetOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string') return vscode.Uri.parse(argument);
  if (typeof argument === 'object' && argument !== null && 'document' in argument) {
    return vscode.Uri.parse((argument as HasDocument).document.uri);
  }
  const active = vscode.window.activeTextEditor?.document;
  return active?.languageId === 'kea-policy' ? active.uri : undefined;
}

/** The file that a command is about; says so where there is none. */
export function requireTarget(argument: unknown): vscode.Uri | undefined {
  const target = targetOf(argument);
  if (!target) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Open a policy or a device (*.kea-policy.json) first, or choose one in the KEA Policies view.',
      ),
    );
  }
  return target;
}

/** A file or folder of the project that a command about the whole project is about. */
export function anyUri(): string | undefined {
  const active = vscode.window.activeTextEditor?.document;
  if (active && (active.languageId === 'kea-policy' || active.languageId === 'kea-policy-config')) {
    return active.uri.toString();
  }
  return vscode.workspace.workspaceFolders?.[0]?.uri.toString();
}
