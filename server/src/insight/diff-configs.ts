import type { ConfigFacts, Level } from '../model/config';
import type { Project } from '../project/project';
import { rulesById } from '../rules';
import type { GuardChange } from './diff-guards';
import { statedText } from './diff-text';

/** What has changed in the config of a project; paths are within the project. */
export function configChanges(before: Project | undefined, after: Project | undefined): GuardChange[] {
  const was = before?.config;
  const is = after?.config;
  const changes: GuardChange[] = [];
  const path = is?.path ?? was?.path ?? '';
  const add = (what: GuardChange['what'], message: string, weakens: boolean): void => {
    changes.push({ path, what, message, weakens });
  };
  if (!was && is && before) add('config', 'The project has a config that it had not.', false);
  if (was && !is && after) add('config', 'The config of the project is gone: all its settings are.', true);
  for (const nested of after?.nestedConfigs ?? []) {
    if (before && !before.nestedConfigs.includes(nested)) {
      changes.push({
        path: nested,
        what: 'config',
        message: 'A new config takes its folder out of the project.',
        weakens: true,
      });
    }
  }
  if (!was || !is) return changes;
  levelChanges(was.facts, is.facts, add);
  const approversBefore = was.facts.acceptance?.approvers ?? [];
  const approversAfter = is.facts.acceptance?.approvers ?? [];
  for (const name of approversAfter.filter((name) => !approversBefore.includes(name))) {
    add('approvers', `${name} may accept the Statement.`, approversBefore.length > 0);
  }
  for (const name of approversBefore.filter((name) => !approversAfter.includes(name))) {
    add('approvers', `${name} may no longer accept the Statement.`, false);
  }
  if (approversBefore.length > 0 && approversAfter.length === 0)
    add('approvers', 'Anyone may accept the Statement.', true);
  const evidenceBefore = was.facts.acceptance?.evidence ?? ['acceptedBy', 'acceptedAt'];
  const evidenceAfter = is.facts.acceptance?.evidence ?? ['acceptedBy', 'acceptedAt'];
  for (const member of evidenceBefore.filter(
    (member) => !(evidenceAfter as readonly string[]).includes(member),
  )) {
    add('evidence', `An acceptance need no longer record ${member}.`, true);
  }
  for (const member of evidenceAfter.filter(
    (member) => !(evidenceBefore as readonly string[]).includes(member),
  )) {
    add('evidence', `An acceptance must record ${member}.`, false);
  }
  for (const pattern of is.facts.ignore.filter((pattern) => !was.facts.ignore.includes(pattern))) {
    add('ignore', `Files matching ${pattern} are left out.`, true);
  }
  for (const pattern of was.facts.ignore.filter((pattern) => !is.facts.ignore.includes(pattern))) {
    add('ignore', `Files matching ${pattern} are no longer left out.`, false);
  }
  if (statedText(was.facts.overrides) !== statedText(is.facts.overrides))
    add('overrides', 'The overrides for some files have changed.', true);
  for (const member of [
    'plugin',
    'agents',
    'statements',
    'administrationGroups',
    'restrictedRegions',
  ] as const) {
    if (statedText(was.facts[member]) !== statedText(is.facts[member])) {
      add(
        'surroundings',
        `${member} of the config has changed: the same policies may be judged otherwise.`,
        false,
      );
    }
  }
  return changes;
}

const rank: Record<Level, number> = { off: 0, info: 1, warning: 2, error: 3 };

function levelChanges(
  was: ConfigFacts,
  is: ConfigFacts,
  add: (what: 'severity', message: string, weakens: boolean) => void,
): void {
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
