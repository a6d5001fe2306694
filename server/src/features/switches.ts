import { malformed, orDefault, type Stated } from '../model/facts';
import type { Document } from '../project/document';
import { memberOrder } from '../schema/member-order';
import { editsFor, type Change, type TextEdit } from '../syntax/change';
import { nodeAt, type Parsed } from '../syntax/tree';

/** What enabling KSN means for data; said before a user enables it. Adds no claim of its own. */
export const dataNotice =
  'With KSN usage on, statistics are sent to the vendor automatically, and files or parts of files that could be used to do harm may be sent for examination; the KSN Statement says which.';

/** That a record in a file is not an acceptance in the console. */
export const recordNotice =
  'The record documents an acceptance; it does not accept the Statement in Kaspersky Security Center.';

/** A switch of the Kaspersky Security Network group: one member set to one value. */
export interface Switch {
  readonly id: 'enable' | 'disable' | 'enforce' | 'undefine' | 'proxyOn' | 'proxyOff';
  readonly title: string;
  readonly pointer: string;
  readonly value: boolean | string;
  readonly kinds: readonly ('policy' | 'device')[];
}

export const switches: readonly Switch[] = [
  {
    id: 'enable',
    title: 'Enable KSN usage',
    pointer: '/ksn/enabled',
    value: true,
    kinds: ['policy', 'device'],
  },
  {
    id: 'disable',
    title: 'Disable KSN usage',
    pointer: '/ksn/enabled',
    value: false,
    kinds: ['policy', 'device'],
  },
  {
    id: 'enforce',
    title: 'Enforce the KSN settings (applied to the devices)',
    pointer: '/ksn/enforcement',
    value: 'enforce',
    kinds: ['policy'],
  },
  {
    id: 'undefine',
    title: 'Set the KSN settings to Undefined (saved, not applied)',
    pointer: '/ksn/enforcement',
    value: 'undefined',
    kinds: ['policy'],
  },
  {
    id: 'proxyOn',
    title: 'Use Kaspersky Security Center as a KSN proxy server',
    pointer: '/ksn/useKscAsKsnProxy',
    value: true,
    kinds: ['policy', 'device'],
  },
  {
    id: 'proxyOff',
    title: 'Do not use Kaspersky Security Center as a KSN proxy server',
    pointer: '/ksn/useKscAsKsnProxy',
    value: false,
    kinds: ['policy', 'device'],
  },
];

export function switchOf(id: Switch['id']): Switch {
  return switches.find((each) => each.id === id)!;
}

/** The value that the document has now, its default filled in. */
function current(document: Document, pointer: string): Stated<boolean | string> {
  const { ksn } = document.facts!;
  if (pointer === '/ksn/enforcement') return orDefault(ksn.enforcement, 'undefined');
  return orDefault(pointer === '/ksn/enabled' ? ksn.enabled : ksn.useKscAsKsnProxy, false);
}

/** Whether a switch would change the document; never true for a member that is malformed. */
export function switchApplies(document: Document, each: Switch): boolean {
  const { facts } = document;
  if (!facts || !each.kinds.includes(facts.kind)) return false;
  const now = current(document, each.pointer);
  return now !== malformed && now !== each.value;
}

/** The change that turns a switch. */
export function switchChange({ pointer, value }: Switch): Change {
  return { op: 'set', pointer, value };
}

/** The edits that turn a switch; `undefined` where the document has no place for it. */
export function switchEdits(parsed: Parsed, each: Switch): readonly TextEdit[] | undefined {
  if (nodeAt(parsed.root, '/ksn')?.type !== 'object') return undefined;
  return editsFor(parsed, [switchChange(each)], memberOrder);
}
