import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type DiagnosticServerCancellationData,
} from 'vscode-languageserver';
import type { Session } from './session';

/** How every request is answered. */
export interface Answering {
  /**
   * Makes a handler (`outdated`: the error for such an answer): input that waits is taken in first, a cancelled request is not worked on, an answer for an
   * old version of its document is discarded, and a fault is logged and answered with nothing.
   */
  <P, R>(
    run: (params: P, session: Session, token: CancellationToken) => R | Promise<R>,
    nothing: R,
    outdated?: () => ResponseError<never>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;
}

/** Where a connection is between the client's first word and its last. */
export type Phase = 'before' | 'serving' | 'ended';

/** @param ready resolves when the client's files are there; input is taken in meanwhile */
export function answering(phase: () => Phase, session: () => Session, ready: () => Promise<void>): Answering {
  return (run, nothing, outdated = modified) =>
    async (params, token) => {
      if (phase() !== 'serving') return phase() === 'before' ? tooEarly() : tooLate();
      const current = session();
      const document = documentOf(params);
      const version = document && current.documents.get(document)?.version;
      try {
        await ready();
        await new Promise<void>((resolve) => current.runtime.soon(resolve));
        if (token.isCancellationRequested) return cancelled();
        if (version !== undefined && current.documents.get(document!)?.version !== version) return outdated();
        const answer = await run(params, current, token);
        if (token.isCancellationRequested) return cancelled();
        if (version !== undefined && current.documents.get(document!)?.version !== version) return outdated();
        return answer;
      } catch (error) {
        current.log('A request failed: ', error);
        return nothing;
      }
    };
}

function documentOf(params: unknown): string | undefined {
  const { textDocument, uri } = (params ?? {}) as { textDocument?: { uri?: unknown }; uri?: unknown };
  const named = textDocument?.uri ?? uri;
  return typeof named === 'string' ? named : undefined;
}

/** Refuses a request that comes before the client's first word. */
export const tooEarly = () =>
  new ResponseError<never>(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
const tooLate = () =>
  new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server was shut down: only exit can follow.');
const cancelled = () =>
  new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
const modified = () =>
  new ResponseError<never>(LSPErrorCodes.ContentModified, 'The document has changed since.');

/** For diagnostics, whose clients would take another error for "nothing is found". */
export const askAgain = () => {
  const data: DiagnosticServerCancellationData = { retriggerRequest: true };
  return new ResponseError<never>(
    LSPErrorCodes.ServerCancelled,
    'The document has changed since.',
    data as never,
  );
};
