import { wellFormed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from '../project/document';
import { requiredStatement } from '../project/effective';
import type { Project } from '../project/project';
import { isExpired } from '../rules/exceptions';

export interface EstateAcceptance {
  readonly path: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: string | null;
  readonly language: string | null;
  readonly sha256: string | null;
  /** The Statement required is another one, or not known. */
  readonly due: boolean;
}

export interface EstateException {
  readonly path: string;
  readonly rule: string | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly expires: string | null;
  readonly expired: boolean;
}

/** The acceptance that a document records; `undefined` where it records none. */
export function acceptanceIn(
  project: Project,
  document: PolicyDocument | DeviceDocument,
): EstateAcceptance | undefined {
  const { name, ksn } = document.facts;
  const { statement } = ksn;
  if (statement?.accepted !== true) return undefined;
  const version = wellFormed(statement.version) ?? null;
  return {
    path: document.path,
    name: wellFormed(name) ?? null,
    version,
    acceptedBy: wellFormed(statement.acceptedBy) ?? null,
    acceptedAt: wellFormed(statement.acceptedAt) ?? null,
    language: wellFormed(statement.language) ?? null,
    sha256: wellFormed(statement.sha256) ?? null,
    due: version === null || requiredStatement(project, document) !== version,
  };
}

/** The exceptions that a document records. @param now milliseconds since 1970 UTC */
export function exceptionsIn(document: PolicyDocument | DeviceDocument, now: number): EstateException[] {
  return document.facts.exceptions.map((exception) => ({
    path: document.path,
    rule: wellFormed(exception.rule) ?? null,
    reason: wellFormed(exception.reason) ?? null,
    approvedBy: wellFormed(exception.approvedBy) ?? null,
    expires: wellFormed(exception.expires) ?? null,
    expired: isExpired(exception, now),
  }));
}
