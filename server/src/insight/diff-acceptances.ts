import { wellFormed } from '../model/facts';
import type { Judged, Placed } from './pairs';

export interface AcceptanceChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: RecordedAcceptance | null;
  readonly after: RecordedAcceptance | null;
}

export interface RecordedAcceptance {
  readonly version: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: string | null;
  readonly sha256: string | null;
}

/** What becomes of the acceptance that a document records; `undefined` where it stays. */
export function acceptanceChange(
  was: Placed | undefined,
  is: Placed | undefined,
): AcceptanceChange | undefined {
  const before = recorded(was?.document);
  const after = recorded(is?.document);
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return {
    path: (is ?? was)!.path,
    change: !before ? 'added' : !after ? 'removed' : 'changed',
    before,
    after,
  };
}

function recorded(document: Judged | undefined): RecordedAcceptance | null {
  const statement = document?.facts.ksn.statement;
  if (statement?.accepted !== true) return null;
  return {
    version: wellFormed(statement.version) ?? null,
    acceptedBy: wellFormed(statement.acceptedBy) ?? null,
    acceptedAt: wellFormed(statement.acceptedAt) ?? null,
    sha256: wellFormed(statement.sha256) ?? null,
  };
}
