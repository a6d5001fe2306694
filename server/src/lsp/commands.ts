import { MessageType, type Connection, type ExecuteCommandParams } from 'vscode-languageserver';
import { consentQuestion } from '../engine/consent';
import { acceptanceEdit, timeOf } from '../features/consent-action';
import { requiredStatement } from '../project/effective';
import { documentationUrl } from '../rules/documentation';
import { rulesById } from '../rules';
import { documentOf, type Scene } from '../features/scene';
import type { Place, ServerCommand } from './protocol';
import type { Session } from './session';

/** The commands that the server runs for clients that do not run them themselves. */
export const serverCommands: readonly ServerCommand[] = [
  'keaPolicy.server.accept',
  'keaPolicy.server.openPlace',
  'keaPolicy.server.showRule',
];

/** Runs a command; arguments come from outside, so that wrong ones do nothing. */
export async function runCommand(
  session: Session,
  { command, arguments: args = [] }: ExecuteCommandParams,
): Promise<null> {
  const { connection } = session;
  switch (command as ServerCommand) {
    case 'keaPolicy.server.accept':
      await accept(session, args[0], args[1]);
      break;
    case 'keaPolicy.server.openPlace':
      await openPlace(connection, args[0]);
      break;
    case 'keaPolicy.server.showRule':
      if (typeof args[0] === 'string' && rulesById.has(args[0])) {
        await connection.window.showDocument({ uri: documentationUrl(args[0]), external: true });
      }
      break;
  }
  return null;
}

async function openPlace(connection: Connection, place: unknown): Promise<void> {
  if (typeof place !== 'object' || place === null || typeof (place as Place).uri !== 'string') return;
  const { uri, range } = place as Place;
  await connection.window.showDocument({ uri, takeFocus: true, selection: range });
}

/** Asks with the sentence of the console; only a deliberate yes records the acceptance. */
async function accept(session: Session, uri: unknown, version: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof version !== 'string') return;
  if (!sceneRequiring(session, uri, version)) return;
  if (!(await confirmed(session, version))) return;
  // What is required may have changed while the question stood there.
  const scene = sceneRequiring(session, uri, version);
  if (!scene) return;
  const { acceptedBy } = session.settings;
  const acceptance = {
    version,
    acceptedAt: timeOf(session.runtime.now()),
    ...(acceptedBy && { acceptedBy }),
  };
  const edit = acceptanceEdit(scene, acceptance, session.editSupport, false);
  if (!edit) return notRecorded(session, 'the file has no KSN group to record it in, see its findings.');
  const { applied, failureReason } = await session.connection.workspace.applyEdit({
    label: 'Record the acceptance of the KSN Statement',
    edit,
  });
  if (applied) return;
  notRecorded(session, `the editor did not take the change${failureReason ? ` (${failureReason})` : ''}.`);
}

/** Whether the user confirmed the sentence; no client says beforehand whether it can ask, and some can't. */
async function confirmed(session: Session, version: string): Promise<boolean> {
  const yes = { title: 'I confirm' };
  try {
    const { window } = session.connection;
    const answer = await window.showWarningMessage(consentQuestion(version), { title: 'Cancel' }, yes);
    return answer?.title === yes.title;
  } catch {
    notRecorded(session, 'this editor can’t ask for it. “kea-policy accept” does, on a terminal.');
    return false;
  }
}

/** The file as it is now, if that Statement is required of it; the user is told where it is not. */
function sceneRequiring(session: Session, uri: string, version: string): Scene | undefined {
  const scene = session.sceneOf(uri)?.scene;
  const document = scene && documentOf(scene);
  if (document && requiredStatement(scene.project, document) === version) return scene;
  session.tell(
    MessageType.Error,
    `The Statement required of this file is not ${version} any more: nothing was recorded.`,
  );
  return undefined;
}

function notRecorded(session: Session, why: string): void {
  session.tell(MessageType.Error, `The acceptance was not recorded: ${why}`);
}
