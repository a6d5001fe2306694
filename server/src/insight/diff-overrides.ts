import type { ConfigFacts, OverridableSettings, Override } from '../model/config';
import { members, overlaps } from './diff-overlaps';
import { settingChanges, type Add } from './diff-settings';
import { statedText } from './diff-text';
import { inThousands } from '../syntax/shown';

/** What has changed in the overrides of a config. Those for the same files, in their order, are the same. */
export function overrideChanges(was: ConfigFacts, is: ConfigFacts, add: Add): void {
  const left = named(was.overrides);
  const right = named(is.overrides);
  const covering = overlaps(right, left);
  const baring = overlaps(left, right);
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const before = left.get(name);
    const after = right.get(name);
    if (statedText(before) === statedText(after)) continue;
    const files = `Files matching ${inWords((after ?? before)!.files)}`;
    let said = 0;
    settingChanges(set(before, after, was), set(after, before, is), (_, message, weakens) => {
      said++;
      add('overrides', `${files}: ${message}`, weakens);
    });
    const cover = covering.get(name);
    if (cover) {
      const what = cover.members.join(' and ');
      const message = `where another override matched, too, what it set for ${what} may count no longer.`;
      add('overrides', `${files}: ${message}`, cover.mayBeStronger);
    }
    const bare = baring.get(name);
    if (bare) {
      const what = bare.members.join(' and ');
      const message = `where another override matches, too, what it sets for ${what} may count now.`;
      add('overrides', `${files}: ${message}`, bare.mayBeWeaker);
    }
    if (said === 0 && !cover && !bare)
      add(
        'overrides',
        `${files}: ${after ? 'an override that sets what holds anyway' : 'an override that set nothing else is gone'}.`,
        false,
      );
  }
  const inBoth = (some: ReadonlyMap<string, Override>, others: ReadonlyMap<string, Override>): string =>
    [...some.keys()].filter((name) => others.has(name)).join('\n');
  if (inBoth(left, right) !== inBoth(right, left)) {
    add(
      'overrides',
      'The overrides stand in another order: where two match a file, the later one counts.',
      true,
    );
  }
}

/** Globs, shortened: they are said with every change. */
function inWords(globs: readonly string[]): string {
  const some = globs.slice(0, 5).map((glob) => (glob.length > 100 ? `${glob.slice(0, 99)}…` : glob));
  if (globs.length > some.length) some.push(`one of ${inThousands(globs.length - some.length)} others`);
  return some.join(' or ');
}

/** Overrides by their files; of several for the same files each has a name of its own. */
function named(overrides: readonly Override[]): Map<string, Override> {
  const found = new Map<string, Override>();
  const counts = new Map<string, number>();
  for (const override of overrides) {
    const files = JSON.stringify(override.files);
    const count = (counts.get(files) ?? 0) + 1;
    counts.set(files, count);
    found.set(count === 1 ? files : `${files} ${count}`, override);
  }
  return found;
}

/** What an override, or its absence, sets where the other side's is not the same; what it leaves out is the config's. */
function set(
  own: Override | undefined,
  other: Override | undefined,
  config: ConfigFacts,
): OverridableSettings {
  const settings: { -readonly [Member in keyof OverridableSettings]: OverridableSettings[Member] } = {};
  for (const member of members) {
    if (statedText(own?.[member]) === statedText(other?.[member])) continue;
    const value = own?.[member] ?? config[member];
    if (value !== undefined) Object.assign(settings, { [member]: value });
  }
  const rules = new Map(own?.rules);
  for (const rule of [...(own?.rules?.keys() ?? []), ...(other?.rules?.keys() ?? [])]) {
    const level = own?.rules?.get(rule) ?? config.rules?.get(rule);
    if (own?.rules?.get(rule) === other?.rules?.get(rule)) rules.delete(rule);
    else if (level !== undefined) rules.set(rule, level);
  }
  return { ...settings, rules };
}
