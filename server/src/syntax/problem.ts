import type { Anchor } from './anchor';
import type { Pointer } from './pointer';
import type { Repair } from './repair';

/** The rules whose findings come out of reading a document, before any policy knowledge. */
export type DocumentRule =
  | 'json-syntax'
  | 'duplicate-key'
  | 'document-unreadable'
  | 'document-limits'
  | 'unknown-property'
  | 'missing-property'
  | 'invalid-value'
  | 'not-a-kea-setting';

/** Something wrong with a document as a document; rules of the same name make findings of it. */
export interface Problem {
  readonly rule: DocumentRule;
  /** One sentence: what is wrong and what follows. */
  readonly message: string;
  readonly anchor: Anchor;
  /** The member that is malformed because of it; of a mistyped name the required member it was meant for. */
  readonly malformed?: Pointer;
  readonly repairs?: readonly Repair[];
  /** What identifies it besides its place, for fingerprints. */
  readonly value?: unknown;
}
