import type { Level, Override } from '../model/config';
import { rank } from './diff-settings';
import { statedText } from './diff-text';

/** What an override may set, but for severities. */
export const members = ['plugin', 'agents', 'acceptance', 'restrictedRegions'] as const;

/** What an override sets on one side alone, while others of the other side, which may match the same files, set it. */
export interface Overlap {
  /** Members and rules that the others set otherwise. */
  readonly members: readonly string[];
  /** Whether what one of the others sets makes less be found, or may. */
  readonly mayBeWeaker: boolean;
  /** Whether what one of the others sets makes more be found, or may. */
  readonly mayBeStronger: boolean;
}

/** The overlaps of overrides by name with those of the other side. */
export function overlaps(
  overrides: ReadonlyMap<string, Override>,
  others: ReadonlyMap<string, Override>,
): Map<string, Overlap> {
  const set = new Map<string, Set<string>>();
  for (const other of others.values()) {
    for (const [member, value] of stated(other)) set.set(member, (set.get(member) ?? new Set()).add(value));
  }
  const found = new Map<string, Overlap>();
  for (const [name, override] of overrides) {
    const same = stated(others.get(name));
    const otherwise: string[] = [];
    let [mayBeWeaker, mayBeStronger] = [false, false];
    for (const [member, value] of stated(override)) {
      const values = set.get(member);
      if (same.has(member) || !values || values.size === Number(values.has(value))) continue;
      otherwise.push(member);
      // of what is no severity it can't be told
      const level = override.rules?.get(member);
      const levels = level && [...values].map((value) => rank[value as Level] - rank[level]);
      mayBeWeaker ||= levels?.some((difference) => difference < 0) ?? true;
      mayBeStronger ||= levels?.some((difference) => difference > 0) ?? true;
    }
    if (otherwise.length > 0) found.set(name, { members: otherwise, mayBeWeaker, mayBeStronger });
  }
  return found;
}

function stated(override: Override | undefined): Map<string, string> {
  const found = new Map<string, string>(override?.rules);
  for (const member of members) {
    if (override?.[member] !== undefined) found.set(member, statedText(override[member]));
  }
  return found;
}
