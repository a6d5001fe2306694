import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/features/protocol';
import { offerHelp } from './help';

/** The name of the output channel and of the language client. */
export const productName = 'KEA Policy';

/** What client and server agree on when the server starts, the same on the desktop and on the web. */
export function clientOptions(
  output: vscode.LogOutputChannel,
  options: InitializationOptions,
): LanguageClientOptions {
  const selector = [{ language: 'kea-policy' }, { language: 'kea-policy-config' }];
  return {
    documentSelector: selector,
    outputChannel: output,
    initializationOptions: {
      reviewFlow: true,
      commands: [
        'keaPolicy.reviewStatement',
        'keaPolicy.addException',
        'keaPolicy.showPlaces',
        'keaPolicy.openPlace',
        'keaPolicy.showRule',
      ],
      ...options,
    } satisfies InitializationOptions,
    synchronize: { configurationSection: 'keaPolicy' },
    errorHandler: restartingFewTimes(output),
    markdown: { isTrusted: false, supportHtml: false },
  };
}

const mostRestarts = 4;
const within = 3 * 60 * 1000;

/** Restarts a server that died, and says so when it keeps dying; its output stays where it is. */
function restartingFewTimes(output: vscode.LogOutputChannel): ErrorHandler {
  const deaths: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue }),
    closed: () => {
      const now = Date.now();
      deaths.push(now);
      while (deaths[0]! < now - within) deaths.shift();
      if (deaths.length <= mostRestarts) {
        output.warn(
          vscode.l10n.t(
            'The language server ended unexpectedly and is started again ({0} of {1}).',
            deaths.length,
            mostRestarts,
          ),
        );
        return { action: CloseAction.Restart, handled: true };
      }
      deaths.length = 0;
      output.error(
        vscode.l10n.t('The language server ended five times within three minutes and is not started again.'),
      );
      const what = vscode.l10n.t('The KEA Policy language server keeps ending and is not started again.');
      // once the client has taken in that there is no server: only then can it be started anew
      setTimeout(() => void sayStopped(what), 0);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

/** Says that there is no server now, and offers what helps. */
export function sayStopped(what: string): Promise<void> {
  const text = vscode.l10n.t('{0} Policies are not validated until it runs; its output says more.', what);
  return offerHelp(
    (...labels) => vscode.window.showErrorMessage(text, ...labels),
    ['restartServer', 'showOutput', 'reportIssue'],
  );
}
