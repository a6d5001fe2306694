import type { Change } from '../syntax/change';
import type { Pointer } from '../syntax/pointer';

/**
 * A way out of a finding. `safe` changes nothing that any device does and may be applied unasked; `choice`
 * changes what devices do or what the author meant, and is applied one at a time by hand; `consent` records
 * an acceptance of the KSN Statement and goes through a confirmation; `open` only leads somewhere.
 */
export type Fix =
  | { readonly kind: 'safe' | 'choice'; readonly title: string; readonly changes: readonly Change[] }
  /** The changes follow from who accepts, and when: engine/consent.ts. */
  | { readonly kind: 'consent'; readonly title: string; readonly statementVersion: string }
  /** Opens a file of the project at a place, changing nothing. */
  | { readonly kind: 'open'; readonly title: string; readonly path: string; readonly pointer: Pointer };
