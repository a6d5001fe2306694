import type { Anchor } from '../syntax/anchor';
import type { Severity } from '../model/config';
import type { Fix } from './fix';

/** A place in the same or another file that helps to understand a finding. */
export interface Related {
  /** Path within the project. */
  readonly path: string;
  readonly anchor: Anchor;
  readonly message: string;
}

/** What a rule's check says: the part of a finding that only the rule can know. */
export interface Found {
  /** One sentence: what is wrong and what follows from it, with the values in it. */
  readonly message: string;
  readonly anchor: Anchor;
  /** Another file than the checked one (`config-nested`); a path within the project. */
  readonly path?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Where the rule is weaker here (KSN is off): reported as `info` whatever the level, unless `off`. */
  readonly weaker?: boolean;
  /** The value that the finding is about, for its fingerprint. */
  readonly value?: unknown;
}

/** A finding: what a rule found, where, and how severe it is under the project's config. */
export interface Finding extends Found {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Covered by an exception of its document: counted and listed, not shown as a problem. */
  readonly excepted: boolean;
}
