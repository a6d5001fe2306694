import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type DocumentDiagnosticReport,
  type PreviousResultId,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { PushedDiagnostics } from './pushed-diagnostics';
import type { Session } from './session';
import { isHidden, shownDiagnostics } from './shown-diagnostics';

/** Answers what is found where, by pull or by push, never both. */
export class DiagnosticReports {
  private readonly pushed: PushedDiagnostics;
  /** Leads every result id: when this server began. */
  private readonly since: string;
  /** What was last told of a file by pull. */
  private readonly told = new Map<string, string>();
  /** Files that the client edited and has not asked about since: it will, unasked. */
  private readonly expected = new Set<string>();
  private draining = false;
  private delayed: (() => void) | undefined;
  private waitsSince: number | undefined;
  private wanted = false;

  /** @param changed called when answers may be other ones than before */
  constructor(
    private readonly session: Session,
    private readonly changed: () => void,
  ) {
    this.pushed = new PushedDiagnostics(session);
    this.since = `${session.runtime.now().toString(36)}.`;
  }

  // Clients keep what they were told, also when a server was started anew, which counts from the beginning.
  private idOf(path: string): string {
    const version = this.session.workspace.versionOf(path);
    return version === '0' ? version : this.since + version;
  }

  /** The answer for one document; unchanged where the client has it already. */
  document(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const path = this.session.pathOf(uri);
    const { session } = this;
    const isShown = path !== undefined && !isHidden(session, path);
    const resultId = isShown ? this.idOf(path) : '0';
    if (path !== undefined) {
      this.told.set(path, resultId);
      this.expected.delete(path);
    }
    if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    const items = isShown ? shownDiagnostics(session, path) : [];
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
    const resultId = isHidden(session, path) ? '0' : this.idOf(path);
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
      items: shownDiagnostics(session, path),
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
    else if (edited !== undefined) runtime.soon(() => this.guarded(() => this.pushed.tell(edited)));
    this.wanted = true;
    if (this.draining) return;
    if (waits) {
      // as long as one edit follows another, it is their answers that are waited for
      const now = performance.now();
      this.waitsSince ??= now;
      if (now - this.waitsSince > longest) return;
      this.delayed?.();
      this.delayed = runtime.after(moment, () => this.drain());
      return;
    }
    this.drain();
  }

  private drain(): void {
    this.delayed?.();
    this.delayed = undefined;
    this.waitsSince = undefined;
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
        const version = this.idOf(path);
        news ||= !this.expected.has(path) && this.told.get(path) !== version;
        this.told.set(path, version);
      }
      if (news) this.refresh();
      return;
    }
    for (const path of changed) this.pushed.tell(path);
  }

  /** Tells anew what is told, after a setting changed. */
  tellAgain(): void {
    if (!this.session.support.pull) return this.guarded(() => this.pushed.tellAgain());
    this.told.clear();
    this.refresh();
  }

  /** Takes in that a document was closed; what is found in its file is told, if it is still one of a project. */
  closed(path: string): void {
    if (!this.session.support.pull) return this.guarded(() => this.pushed.tell(path));
    this.told.delete(path);
    this.expected.delete(path);
  }

  private refresh(): void {
    const { connection, logged } = this.session;
    // A client that refuses will ask in its own time.
    connection.languages.diagnostics.refresh().catch(logged);
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.session.log('Judging failed: ', error);
    }
  }
}

/** Milliseconds that a client which asks by itself has to do so. */
const moment = 30;

/** Milliseconds after which what is to be judged waits no longer, however fast somebody types. */
const longest = 300;

/** Milliseconds of judging between two looks at what has come in. */
const sliceLength = 8;
