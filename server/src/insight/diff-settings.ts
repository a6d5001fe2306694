import { defaultSettings, type Level, type OverridableSettings } from '../model/config';
import { rulesById } from '../rules';
import type { GuardChange } from './diff-guards';
import { statedText } from './diff-text';

/** Takes a change to what guards the policies. */
export type Add = (what: GuardChange['what'], message: string, weakens: boolean) => void;

/** What has changed in the settings of a config, or in those for some files. */
export function settingChanges(was: OverridableSettings, is: OverridableSettings, add: Add): void {
  levelChanges(was, is, add);
  acceptanceChanges(was.acceptance, is.acceptance, add);
  regionChanges(was, is, add);
  const isGone =
    typeof was.plugin?.statementVersion === 'string' && is.plugin?.statementVersion === undefined;
  surroundingChange('plugin', was.plugin, is.plugin, isGone, add);
  surroundingChange(
    'agents',
    was.agents,
    is.agents,
    (was.agents ?? []).length > (is.agents ?? []).length,
    add,
  );
}

function acceptanceChanges(
  { approvers: mightAccept, evidence: recorded } = defaultSettings.acceptance,
  { approvers: mayAccept, evidence: toRecord } = defaultSettings.acceptance,
  add: Add,
): void {
  for (const name of without(mayAccept, mightAccept)) {
    add('approvers', `${name} may accept the Statement.`, mightAccept.length > 0);
  }
  for (const name of without(mightAccept, mayAccept)) {
    add('approvers', `${name} may no longer accept the Statement.`, false);
  }
  if (mightAccept.length > 0 && mayAccept.length === 0)
    add('approvers', 'Anyone may accept the Statement.', true);
  for (const member of without(recorded, toRecord)) {
    add('evidence', `An acceptance need no longer record ${member}.`, true);
  }
  for (const member of without(toRecord, recorded)) {
    add('evidence', `An acceptance must record ${member}.`, false);
  }
}

function regionChanges(was: OverridableSettings, is: OverridableSettings, add: Add): void {
  const regions = (settings: OverridableSettings) =>
    settings.restrictedRegions ?? defaultSettings.restrictedRegions;
  for (const region of without(regions(was), regions(is))) {
    add('surroundings', `${region} is no longer a restricted region.`, true);
  }
  for (const region of without(regions(is), regions(was))) {
    add('surroundings', `${region} is a restricted region.`, false);
  }
}

/** @param isLess what is gone can't be checked against any more */
export function surroundingChange(
  member: string,
  was: unknown,
  is: unknown,
  isLess: boolean,
  add: Add,
): void {
  if (statedText(was) === statedText(is)) return;
  const message = isLess
    ? `Less than before is stated in ${member} of the config: less can be checked.`
    : `${member} of the config changed: the same policies may be judged otherwise.`;
  add('surroundings', message, isLess);
}

export function without<T>(all: readonly T[], those: readonly T[]): readonly T[] {
  const known = new Set(those);
  return all.filter((one) => !known.has(one));
}

/** How much is reported at a level. */
export const rank: Readonly<Record<Level, number>> = { off: 0, info: 1, warning: 2, error: 3 };

function levelChanges(was: OverridableSettings, is: OverridableSettings, add: Add): void {
  for (const rule of new Set([...(was.rules?.keys() ?? []), ...(is.rules?.keys() ?? [])])) {
    const before = was.rules?.get(rule);
    const after = is.rules?.get(rule);
    const usual = rulesById.get(rule)?.severity;
    // A rule that is none is a finding of the config, and has no level.
    if (before === after || !usual) continue;
    const weakens = rank[after ?? usual] < rank[before ?? usual];
    add(
      'severity',
      `${rule} is ${after ?? 'at its default'}; it was ${before ?? 'at its default'}.`,
      weakens,
    );
  }
}
