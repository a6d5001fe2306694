import type { ConfigFacts } from '../model/config';
import type { Project } from '../project/project';
import type { GuardChange } from './diff-guards';
import { overrideChanges } from './diff-overrides';
import { settingChanges, surroundingChange, without, type Add } from './diff-settings';

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
  settingChanges(was, is, add);
  for (const pattern of without(is.ignore, was.ignore)) {
    add('ignore', `Files matching ${pattern} are left out.`, true);
  }
  for (const pattern of without(was.ignore, is.ignore)) {
    add('ignore', `Files matching ${pattern} are no longer left out.`, false);
  }
  overrideChanges(was, is, add);
  for (const member of ['statements', 'administrationGroups'] as const) {
    const isLess =
      member === 'statements'
        ? was.statements.length > is.statements.length
        : was.administrationGroups !== undefined && is.administrationGroups === undefined;
    surroundingChange(member, was[member], is[member], isLess, add);
  }
}
