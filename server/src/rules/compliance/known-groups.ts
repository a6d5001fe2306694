import { nearest } from '../../syntax/nearest';
import type { ConfigDocument } from '../../project/document';

/** The administration groups that exist, as the config lists them. */
export class KnownGroups {
  private readonly groups: ReadonlySet<string>;
  private readonly meant = new Map<string, string | undefined>();

  constructor(paths: readonly string[]) {
    this.groups = new Set(paths);
  }

  has(path: string): boolean {
    return this.groups.has(path);
  }

  /** The group that was probably meant. Remembered: a mistyped group has a whole folder of documents. */
  nearest(path: string): string | undefined {
    if (!this.meant.has(path)) this.meant.set(path, nearest(path, this.groups));
    return this.meant.get(path);
  }
}

const known = new WeakMap<ConfigDocument, KnownGroups | undefined>();

/**
 * The groups that a config lists; `undefined` where it lists none, or where an entry is malformed: the group
 * in question may be the one that was meant there.
 */
export function knownGroups(config: ConfigDocument | undefined): KnownGroups | undefined {
  const paths = config?.facts.administrationGroups;
  if (!config || !paths) return undefined;
  if (!known.has(config)) {
    const broken = config.problems.some(({ malformed }) => malformed?.startsWith('/administrationGroups/'));
    known.set(config, broken ? undefined : new KnownGroups(paths));
  }
  return known.get(config);
}

/** Where the config's `agents`, those of its overrides included, name administration groups. */
export function groupsOfAgents({
  facts,
  problems,
}: ConfigDocument): readonly { readonly path: string; readonly pointer: string }[] {
  const malformed = new Set(problems.map((problem) => problem.malformed));
  const entries = [facts, ...facts.overrides].flatMap(({ agents }) => agents ?? []);
  return entries.flatMap(({ pointer: entry, administrationGroups = [] }) => {
    let i = -1;
    return administrationGroups.map((path) => {
      // Facts leave malformed groups out, but they count where the file is concerned.
      do i++;
      while (malformed.has(`${entry}/administrationGroups/${i}`));
      return { path, pointer: `${entry}/administrationGroups/${i}` };
    });
  });
}
