import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Runtime } from './runtime';
import type { Session } from './session';

/** Makes what tells the client that what it shows beside diagnostics may be another thing now. */
export function changeAnnouncements(session: Session): () => void {
  const { connection, support, logged } = session;
  return throttled(session.runtime, () => {
    const { codeLens, inlayHints } = session.settings;
    if (support.ownNotifications) void connection.sendNotification('keaPolicy/changed', {});
    if (support.codeLensRefresh && codeLens?.enabled !== false) {
      connection.sendRequest(CodeLensRefreshRequest.type).catch(logged);
    }
    if (support.inlayHintRefresh && inlayHints?.enabled) {
      connection.languages.inlayHint.refresh().catch(logged);
    }
  });
}

/** Runs at most a few times a second, and once more at the end. */
function throttled(runtime: Runtime, run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    runtime.after(250, () => {
      waiting = false;
      run();
    });
  };
}
