import type { Session } from './session';
import { shownDiagnostics } from './shown-diagnostics';

/** Tells the client by itself what is found; each file again only where it is something else than before. */
export class PushedDiagnostics {
  /** What was last told of a file: by which name, and a text for the answer. */
  private readonly told = new Map<string, { readonly uri: string; readonly id: string }>();

  constructor(private readonly session: Session) {}

  /** Tells what is found in a file, if the client was not told just that; an open one always gets an answer. */
  tell(path: string): void {
    const { session } = this;
    const uri = session.uris.uriOf(path);
    const document = session.documents.get(uri);
    const id = `${session.workspace.versionOf(path)} ${document?.version ?? ''}`;
    const before = this.told.get(path);
    if (before?.uri === uri && before.id === id) return;
    const diagnostics = shownDiagnostics(session, path);
    // An open file is called as the client does, a closed one as we do.
    if (before && before.uri !== uri) this.takeBack(path, before.uri);
    if (!document && diagnostics.length === 0) {
      if (before?.uri === uri) this.takeBack(path, uri);
      return;
    }
    this.told.set(path, { uri, id });
    void session.connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(document && { version: document.version }),
    });
  }

  private takeBack(path: string, uri: string): void {
    this.told.delete(path);
    void this.session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Tells everything anew, after a setting changed. */
  tellAgain(): void {
    const { workspace } = this.session;
    for (const path of new Set([...this.told.keys(), ...workspace.reported])) {
      const before = this.told.get(path);
      if (before) this.told.set(path, { ...before, id: '' });
      this.tell(path);
    }
  }
}
