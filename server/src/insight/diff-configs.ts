import { defaultSettings, type ConfigFacts, type Level } from '../model/config';
import type { Project } from '../project/project';
import { rulesById } from '../rules';
import type { GuardChange } from './diff-guards';
import { statedText } from './diff-text';

type Add = (what: GuardChange['what'], message: string, weakens: boolean) => void;

/** What a project has without a config. */
const noConfig: ConfigFacts = {
  kind: 'config',
  statements: [],
  administrationGroups: undefined,
  ignore: [],
  overrides: [],
};

/** What has changed in the config of a project, which one of the sides may be without; paths are within the project. */
export function configChanges(before: Project | undefined, after: Project | undefined): GuardChange[] {
  const was = before?.config;
  const is = after?.config;
  const changes: GuardChange[] = [];
  const path = is?.path ?? was?.path ?? '';
  const add: Add = (what, message, weakens) => {
    changes.push({ path, what, message, weakens });
  };
  for (const nested of after?.nestedConfigs ?? []) {
    if (before && !before.nestedConfigs.includes(nested)) {
      const message = 'A new config takes its folder out of the project.';
      changes.push({ path: nested, what: 'config', message, weakens: true });
    }
  }
  if (was && !is) add('config', 'The config is gone: none of its settings hold any more.', true);
  if (!is) return changes;
  if (!was && before) add('config', 'The project has a config that it had not.', false);
  memberChanges(
    was?.facts ?? noConfig,
    is.facts,
    // All of a new config is new: what it makes weaker is worth saying.
    was ? add : (what, message, weakens) => weakens && add(what, message, weakens),
  );
  return changes;
}

function memberChanges(was: ConfigFacts, is: ConfigFacts, add: Add): void {
  levelChanges(was, is, add);
  acceptanceChanges(was.acceptance, is.acceptance, add);
  for (const pattern of without(is.ignore, was.ignore)) {
    add('ignore', `Files matching ${pattern} are left out.`, true);
  }
  for (const pattern of without(was.ignore, is.ignore)) {
    add('ignore', `Files matching ${pattern} are no longer left out.`, false);
  }
  if (statedText(was.overrides) !== statedText(is.overrides))
    add('overrides', 'The overrides for some files have changed.', true);
  surroundingChanges(was, is, add);
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

function surroundingChanges(was: ConfigFacts, is: ConfigFacts, add: Add): void {
  const regions = (facts: ConfigFacts) => facts.restrictedRegions ?? defaultSettings.restrictedRegions;
  for (const region of without(regions(was), regions(is))) {
    add('surroundings', `${region} is no longer a restricted region.`, true);
  }
  for (const region of without(regions(is), regions(was))) {
    add('surroundings', `${region} is a restricted region.`, false);
  }
  // What is gone can't be checked against any more.
  const isGone = {
    plugin: typeof was.plugin?.statementVersion === 'string' && is.plugin?.statementVersion === undefined,
    agents: (was.agents ?? []).length > (is.agents ?? []).length,
    statements: was.statements.length > is.statements.length,
    administrationGroups: was.administrationGroups !== undefined && is.administrationGroups === undefined,
  };
  for (const member of Object.keys(isGone) as (keyof typeof isGone)[]) {
    if (statedText(was[member]) === statedText(is[member])) continue;
    const message = isGone[member]
      ? `${member} of the config says less than before: less can be checked.`
      : `${member} of the config has changed: the same policies may be judged otherwise.`;
    add('surroundings', message, isGone[member]);
  }
}

const without = <T>(all: readonly T[], those: readonly T[]): readonly T[] =>
  all.filter((one) => !those.includes(one));

const rank: Record<Level, number> = { off: 0, info: 1, warning: 2, error: 3 };

function levelChanges(was: ConfigFacts, is: ConfigFacts, add: Add): void {
  for (const rule of new Set([...(was.rules?.keys() ?? []), ...(is.rules?.keys() ?? [])])) {
    const before = was.rules?.get(rule);
    const after = is.rules?.get(rule);
    if (before === after) continue;
    const usual = rulesById.get(rule)?.severity ?? 'error';
    const weakens = rank[after ?? usual] < rank[before ?? usual];
    add(
      'severity',
      `${rule} is ${after ?? 'at its default'}; it was ${before ?? 'at its default'}.`,
      weakens,
    );
  }
}
