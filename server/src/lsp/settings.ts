import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Settings } from './protocol';
import type { Session } from './session';

/** Settings come from outside: what is not an object is none, and only a name can go into a record. */
export function wellFormed(settings: unknown): Settings {
  if (typeof settings !== 'object' || settings === null) return {};
  const { acceptedBy, ...others } = settings as Settings;
  return { ...others, ...(typeof acceptedBy === 'string' && { acceptedBy }) };
}

/** Asks the client for its settings; where it does not say them, those that were known hold. */
export async function askForSettings(session: Session): Promise<void> {
  try {
    session.settings = wellFormed(await session.connection.workspace.getConfiguration('keaPolicy'));
  } catch (error) {
    session.logged(error);
  }
}

/** Asks the client to tell when its settings change. */
export async function registerForSettings({ connection }: Session): Promise<void> {
  await connection.client.register(DidChangeConfigurationNotification.type, { section: 'keaPolicy' });
}
