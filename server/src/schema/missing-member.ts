import { key } from '../syntax/anchor';
import type { Pointer } from '../syntax/pointer';
import { plainAt } from './plain-at';
import type { Problem, Shape } from './problem';
import { consequence, ownerAt } from './words';

// What only the author can know is inserted empty, and its own finding then says what it has to be.
const placeholders: Record<string, unknown> = {
  accepted: false,
  enabled: false,
  ksn: { enabled: false },
  agent: { version: '' },
  files: [],
  texts: [],
};

/** A required member that its object does not have. */
export function missingMember(
  shape: Shape,
  document: unknown,
  { pointer, of, name }: { readonly pointer: Pointer; readonly of: Pointer; readonly name: string },
): Problem {
  const value = Object.hasOwn(placeholders, name) ? placeholders[name] : '';
  const isEmpty = JSON.stringify(value).includes('""') || (Array.isArray(value) && value.length === 0);
  const title = `Insert "${name}"${isEmpty ? ', to be filled in' : value === false ? ': false' : ''}`;
  return {
    rule: 'missing-property',
    message: `${ownerAt(shape, of)} has no "${name}", which is required: ${consequence}.`,
    anchor: key(pointer),
    malformed: pointer,
    ...(!completesAcceptance(document, of, name) && {
      repairs: [{ title, kind: 'choice', changes: [{ op: 'set', pointer, value }] }],
    }),
  };
}

// With a version beside it, "accepted" would become an acceptance that was not there before.
function completesAcceptance(document: unknown, of: Pointer, name: string): boolean {
  return of === '/ksn/statement' && name === 'version' && plainAt(document, `${of}/accepted`) === true;
}
