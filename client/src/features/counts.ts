import * as vscode from 'vscode';
import type { Counts } from '../../../server/src/features/protocol';

/** `1 file`, `7 files`. */
export function filesInWords(files: number): string {
  return files === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', files);
}

/** `2 errors, 1 warning, 3 info`. */
export function inWords({ error, warning, info }: Counts): string {
  return [
    ...(error > 0 ? [error === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', error)] : []),
    ...(warning > 0
      ? [warning === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warning)]
      : []),
    ...(info > 0 ? [vscode.l10n.t('{0} info', info)] : []),
  ].join(', ');
}
