/** The kinds of code actions that the server offers; each is a `.`-separated path, general to special. */
export const kinds = {
  fix: 'quickfix',
  fixRule: 'quickfix.keaPolicy.fixRule',
  consent: 'quickfix.keaPolicy.consent',
  exception: 'quickfix.keaPolicy.exception',
  severity: 'quickfix.keaPolicy.severity',
  documentation: 'quickfix.keaPolicy.documentation',
  fixAll: 'source.fixAll.keaPolicy',
  rewrite: 'refactor.rewrite.keaPolicy',
} as const;

/** What is announced to clients: the top of each branch, and the special ones a user may bind to a key. */
export const announcedKinds: readonly string[] = [
  'quickfix',
  kinds.consent,
  kinds.fixAll,
  kinds.rewrite,
  'refactor.rewrite',
];

/** Whether a client that asks `only` for some kinds wants this one: each stands for all kinds below it. */
export function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  if (only === undefined) return true;
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
