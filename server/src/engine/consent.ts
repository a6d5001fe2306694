import type { Change } from '../syntax/change';
import type { EvidenceMember } from '../model/config';

/** The sentence of the console that an acceptance rests on. */
export const consentSentence =
  'I confirm that I have fully read, understand, and accept the terms and conditions of this KSN Statement';

/** The sentence for the Statement of a given version, as it is asked everywhere. */
export function consentQuestion(version: string): string {
  return `${consentSentence} (Statement version ${version}).`;
}

/** What is recorded of an acceptance that somebody has just confirmed. */
export interface Acceptance {
  /** The version of the Statement that was accepted: the one required. */
  readonly version: string;
  readonly acceptedBy?: string;
  /** When, RFC 3339 with offset. */
  readonly acceptedAt: string;
  /** Language and SHA-256 of the text that was shown, where one was. */
  readonly language?: string;
  readonly sha256?: string;
  readonly reference?: string;
}

/**
 * The change that records an acceptance: a whole new `statement`, since nothing of an earlier acceptance
 * (who, when, which text) may stand beside a new one. Only to be made after the confirmation.
 */
export function recordAcceptance(acceptance: Acceptance): Change {
  const { version, acceptedBy, acceptedAt, language, sha256, reference } = acceptance;
  return {
    op: 'set',
    pointer: '/ksn/statement',
    value: {
      version,
      accepted: true,
      ...(acceptedBy && { acceptedBy }),
      acceptedAt,
      ...(language && { language }),
      ...(sha256 && { sha256 }),
      ...(reference && { reference }),
    },
  };
}

/** The members of evidence that an acceptance would lack. */
export function lacking(acceptance: Acceptance, evidence: readonly EvidenceMember[]): EvidenceMember[] {
  return evidence.filter((member) => !acceptance[member]);
}
