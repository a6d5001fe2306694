import type { Fix } from '../fix';

/** Turns KSN usage off, which nothing ever holds up: neither a missing acceptance nor missing evidence. */
export const disableKsn: Fix = {
  kind: 'choice',
  title: 'Disable KSN usage',
  changes: [{ op: 'set', pointer: '/ksn/enabled', value: false }],
};
