import type { Change } from './change';

/** A way to mend something that is plain text work; see rules/fix.ts for what the kinds promise. */
export interface Repair {
  readonly title: string;
  readonly kind: 'safe' | 'choice';
  readonly changes: readonly Change[];
}
