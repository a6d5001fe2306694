import type { Command, Diagnostic } from 'vscode-languageserver-types';
import type { PlacedFinding } from '../engine/locate';
import type { EditSupport } from './workspace-edit';

/** What the client can do with code actions. */
export interface ActionSupport extends EditSupport {
  /** The client has a review flow of its own for the Statement. */
  readonly reviewFlow: boolean;
  /** Commands that the client runs itself. */
  readonly commands: ReadonlySet<string>;
  /** `workspace/applyEdit` and `window/showMessageRequest`: what a command of the server needs to ask and edit. */
  readonly asks: boolean;
  /** `window/showDocument`. */
  readonly showsDocuments: boolean;
  /** Who accepts, from the user's settings. */
  readonly acceptedBy: string | undefined;
}

/** A finding with the diagnostic that shows it, where the client sent that. */
export interface Shown {
  readonly finding: PlacedFinding;
  readonly diagnostics: Diagnostic[] | undefined;
}

/** The command `client` where the client runs it, `server` where it can be run here, or none. */
export function commandFor(
  title: string,
  client: { readonly name: string; readonly arguments: unknown[] },
  server: { readonly name: string; readonly arguments: unknown[]; readonly works: boolean },
  support: ActionSupport,
): Command | undefined {
  if (support.commands.has(client.name)) return { title, command: client.name, arguments: client.arguments };
  if (server.works) return { title, command: server.name, arguments: server.arguments };
  return undefined;
}
