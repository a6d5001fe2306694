import { nodeAt, parse, plain, type Parsed } from '../syntax/tree';

/** The version of the Statement that a document records as accepted, as JSON; `undefined` where none is. */
export const acceptanceIn = (text: string): string | undefined => acceptanceOf(parse(text));

/** The same of a text that is parsed already. */
export function acceptanceOf({ root }: Parsed): string | undefined {
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
