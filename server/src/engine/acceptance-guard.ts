import { nodeAt, parse, plain } from '../syntax/tree';

/** The version of the Statement that a document records as accepted, as JSON; `undefined` where none is. */
export function acceptanceIn(text: string): string | undefined {
  const { root } = parse(text);
  if (plain(nodeAt(root, '/ksn/statement/accepted')) !== true) return undefined;
  return JSON.stringify(plain(nodeAt(root, '/ksn/statement/version'))) ?? 'null';
}

/**
 * Whether an edit would leave a document with an acceptance that it did not have. Nothing but a consent may
 * do that, so whoever offers edits asks here, whatever the edit was meant for.
 */
export function addsAcceptance(before: string, after: string): boolean {
  const recorded = acceptanceIn(after);
  return recorded !== undefined && recorded !== acceptanceIn(before);
}
