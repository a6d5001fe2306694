import type { Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from '../features/diagnostics';
import { join } from '../project/discover';
import type { Session } from './session';

/** Whether the user wants to see nothing of a file: it is not open, and only open ones are wanted. */
export function isHidden({ settings, workspace }: Session, path: string): boolean {
  return settings.diagnostics?.scope === 'openFiles' && !workspace.isOpen(path);
}

/** What the client shall show of a file. */
export function shownDiagnostics(session: Session, path: string): Diagnostic[] {
  if (isHidden(session, path)) return [];
  const { workspace, support, uris } = session;
  return workspace
    .findingsOf(path)
    .flatMap(({ project, findings }) =>
      diagnosticsOf(findings, (other) => uris.uriOf(join(project.root, other)), support.diagnostics),
    );
}
