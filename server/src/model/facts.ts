/**
 * What a document states, as far as rules need it: small enough to keep for a hundred thousand documents.
 * Names follow the language; what no rule reads (description, reference) is left out.
 */

/** Stands where a member is present but not well-formed, or required and absent: neither absent nor its default. */
export const malformed: unique symbol = Symbol('malformed');
export type Malformed = typeof malformed;

/** A member as a document states it: its value, absent (`undefined`) or malformed. */
export type Stated<T> = T | undefined | Malformed;

/** The value with its default filled in; stays malformed where it is. */
export function orDefault<T>(stated: Stated<T>, fallback: T): T | Malformed {
  return stated === undefined ? fallback : stated;
}

/** The value, or `undefined` where it is absent or malformed. */
export function wellFormed<T>(stated: Stated<T>): T | undefined {
  return stated === malformed ? undefined : stated;
}

export type Enforcement = 'enforce' | 'undefined';
export type Status = 'active' | 'inactive' | 'outOfOffice';
export type PluginKind = 'administration' | 'web';

export interface StatementFacts {
  readonly version: Stated<string>;
  readonly accepted: Stated<boolean>;
  readonly acceptedBy: Stated<string>;
  readonly acceptedAt: Stated<string>;
  readonly language: Stated<string>;
  readonly sha256: Stated<string>;
  /** Whether `reference` is stated; its text is not kept. */
  readonly reference: boolean;
}

export interface KsnFacts {
  /** Of a device: stated only by mistake (`ksn-enforcement-on-device`). */
  readonly enforcement: Stated<Enforcement>;
  readonly enabled: Stated<boolean>;
  readonly useKscAsKsnProxy: Stated<boolean>;
  /** A statement that is itself malformed has nothing but malformed members. */
  readonly statement: StatementFacts | undefined;
}

export interface PluginFacts {
  readonly kind: Stated<PluginKind>;
  readonly version: Stated<string>;
  readonly statementVersion: Stated<string>;
}

export interface AgentFacts {
  readonly version: Stated<string>;
  readonly statementVersion: Stated<string>;
}

export interface ExceptionFacts {
  readonly rule: Stated<string>;
  readonly reason: Stated<string>;
  readonly approvedBy: Stated<string>;
  /** A date, `2027-01-31`. */
  readonly expires: Stated<string>;
}

interface Common {
  readonly name: Stated<string>;
  readonly administrationGroup: Stated<string>;
  /** Malformed items are `malformed`; the index is that of the file. */
  readonly regions: readonly (string | Malformed)[];
  readonly exceptions: readonly ExceptionFacts[];
  /** Malformed or absent `ksn` has nothing but malformed members. */
  readonly ksn: KsnFacts;
}

export interface PolicyFacts extends Common {
  readonly kind: 'policy';
  readonly status: Stated<Status>;
  readonly inheritFromParent: Stated<boolean>;
  readonly forceInChildren: Stated<boolean>;
  /** `undefined` where absent; a malformed one has nothing but malformed members. */
  readonly plugin: PluginFacts | undefined;
  /** `kmp.enabled`; `undefined` where there is no `kmp`. */
  readonly kmp: Stated<boolean>;
}

export interface DeviceFacts extends Common {
  readonly kind: 'device';
  readonly agent: AgentFacts;
}

export type DocumentFacts = PolicyFacts | DeviceFacts;
