import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type PreviousResultId,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { diagnosticsOf } from '../features/diagnostics';
import { join } from '../project/discover';
import type { Session } from './session';

/** Answers what is found where, by pull or by push, never both. */
export class DiagnosticReports {
  /** What was last told of a file by pull, or pushed. */
  private readonly told = new Map<string, string>();
  /** Files that the client edited and has not asked about since: it will, unasked. */
  private readonly expected = new Set<string>();
  private draining = false;
  private delayed: (() => void) | undefined;
  private wanted = false;

  /** @param changed called when answers may be other ones than before */
  constructor(
    private readonly session: Session,
    private readonly changed: () => void,
  ) {}

  private get onlyOpenFiles(): boolean {
    return this.session.settings.diagnostics?.scope === 'openFiles';
  }

  private diagnosticsOf(path: string): Diagnostic[] {
    const { workspace, support, uris } = this.session;
    if (this.onlyOpenFiles && !workspace.isOpen(path)) return [];
    return workspace
      .findingsOf(path)
      .flatMap(({ project, finding }) =>
        diagnosticsOf([finding], (other) => uris.uriOf(join(project.root, other)), support.diagnostics),
      );
  }

  /** The answer for one document; unchanged where the client has it already. */
  document(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const path = this.session.pathOf(uri);
    const resultId = path === undefined ? '0' : this.session.workspace.versionOf(path);
    if (path !== undefined) {
      this.told.set(path, resultId);
      this.expected.delete(path);
    }
    if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    const items = path === undefined ? [] : this.diagnosticsOf(path);
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  /**
   * The answer for all files: those with findings, and those of which the client knows some. Made in slices, so
   * that what is typed meanwhile is answered first; cut short where the client cancels.
   */
  async workspaceReports(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const { session } = this;
    const before = new Map<string, { readonly uri: string; readonly resultId: string }>();
    for (const { uri, value } of previous) {
      before.set(session.pathOf(uri) ?? uri, { uri, resultId: value });
    }
    const reports: WorkspaceDocumentDiagnosticReport[] = [];
    let start = performance.now();
    for (const path of new Set([...session.workspace.reported, ...before.keys()])) {
      const report = this.workspaceReport(path, before.get(path));
      if (report) reports.push(report);
      if (performance.now() - start < sliceLength) continue;
      await new Promise<void>((resolve) => session.runtime.soon(resolve));
      if (token.isCancellationRequested) break;
      start = performance.now();
    }
    return reports;
  }

  private workspaceReport(
    path: string,
    known: { readonly uri: string; readonly resultId: string } | undefined,
  ): WorkspaceDocumentDiagnosticReport | undefined {
    const { session } = this;
    const hidden = this.onlyOpenFiles && !session.workspace.isOpen(path);
    const resultId = hidden ? '0' : session.workspace.versionOf(path);
    if (resultId === '0' && (known === undefined || known.resultId === '0')) return undefined;
    const uri = known?.uri ?? session.uris.uriOf(path);
    const version = session.documents.get(uri)?.version ?? null;
    this.told.set(path, resultId);
    if (known?.resultId === resultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId };
    }
    return {
      kind: DocumentDiagnosticReportKind.Full,
      uri,
      version,
      resultId,
      items: this.diagnosticsOf(path),
    };
  }

  /**
   * Judges what changed, in slices that let input through. By push an edited document is judged at once; by pull
   * its client is about to ask, and what else is to be judged waits a moment for that.
   */
  judgeSoon(edited?: string): void {
    const { runtime, support } = this.session;
    const waits = edited !== undefined && support.pull;
    if (waits) this.expected.add(edited);
    else if (edited !== undefined) runtime.soon(() => this.guarded(() => this.push(edited)));
    this.wanted = true;
    if (this.draining) return;
    if (waits) {
      this.delayed ??= runtime.after(moment, () => this.drain());
      return;
    }
    this.drain();
  }

  private drain(): void {
    this.delayed?.();
    this.delayed = undefined;
    if (this.draining) return;
    this.draining = true;
    this.session.runtime.soon(() => this.slice());
  }

  private slice(): void {
    this.guarded(() => {
      const start = performance.now();
      this.wanted = false;
      this.session.workspace.judgePending(() => performance.now() - start > sliceLength);
    });
    if (this.wanted || this.session.workspace.pending) return this.session.runtime.soon(() => this.slice());
    this.draining = false;
    this.guarded(() => this.announce());
    for (const done of this.waiting.splice(0)) done();
  }

  private readonly waiting: (() => void)[] = [];

  /** Resolves when everything is judged. */
  async allJudged(): Promise<void> {
    if (!this.session.workspace.pending) return;
    const done = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.judgeSoon();
    await done;
  }

  private announce(): void {
    const { session } = this;
    const changed = session.workspace.takeChanged();
    // what holds may be another thing although nothing is found: a first policy, a switch in a clean file
    this.changed();
    if (changed.size === 0) return;
    if (session.support.pull) {
      // What the client just asked for and was told is no news to it.
      let news = false;
      for (const path of changed) {
        const version = session.workspace.versionOf(path);
        news ||= !this.expected.has(path) && this.told.get(path) !== version;
        this.told.set(path, version);
      }
      if (news && session.support.diagnosticRefresh) void session.connection.languages.diagnostics.refresh();
      return;
    }
    for (const path of changed) this.push(path);
  }

  /** Pushes what is found in a file, if the client was not told just that; an open one always gets an answer. */
  private push(path: string): void {
    const { session } = this;
    const uri = session.uris.uriOf(path);
    const document = session.documents.get(uri);
    const id = `${session.workspace.versionOf(path)} ${document?.version ?? ''}`;
    if (this.told.get(path) === id) return;
    const diagnostics = this.diagnosticsOf(path);
    if (!document && diagnostics.length === 0 && !this.told.has(path)) return;
    if (diagnostics.length === 0 && !document) this.told.delete(path);
    else this.told.set(path, id);
    void session.connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(document && { version: document.version }),
    });
  }

  /** Tells anew what is told by push, after a setting changed. */
  tellAgain(): void {
    const paths = [...new Set([...this.told.keys(), ...this.session.workspace.reported])];
    if (this.session.support.pull) {
      this.told.clear();
      if (this.session.support.diagnosticRefresh)
        void this.session.connection.languages.diagnostics.refresh();
      return;
    }
    for (const path of paths) {
      if (this.told.has(path)) this.told.set(path, '');
      this.guarded(() => this.push(path));
    }
  }

  /** Takes back what was told of a file that was closed and is in no project any more. */
  closed(path: string, uri: string): void {
    if (this.session.support.pull) {
      this.told.delete(path);
      this.expected.delete(path);
      return;
    }
    const diagnostics = this.diagnosticsOf(path);
    if (diagnostics.length === 0) this.told.delete(path);
    else this.told.set(path, `${this.session.workspace.versionOf(path)} `);
    void this.session.connection.sendDiagnostics({ uri, diagnostics });
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.session.connection.console.error(`Judging failed: ${String((error as Error).stack ?? error)}`);
    }
  }
}

/** Milliseconds that a client which asks by itself has to do so. */
const moment = 30;

/** Milliseconds of judging between two looks at what has come in. */
const sliceLength = 8;
