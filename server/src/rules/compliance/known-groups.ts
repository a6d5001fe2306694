import { nearest } from '../../syntax/nearest';
import type { ConfigDocument } from '../../project/document';
import { GroupTree, type Group } from '../../project/groups';

/** The administration groups that exist, as the config lists them. */
export class KnownGroups {
  private readonly listed: ReadonlySet<string>;
  private readonly tree = new GroupTree();
  // A group that is mistyped once is so for all devices in it.
  private readonly meant = new Map<string, string | undefined>();

  constructor(paths: readonly string[]) {
    this.listed = new Set(paths);
    for (const path of this.listed) this.tree.ensure(path);
  }

  has(path: string): boolean {
    return this.listed.has(path);
  }

  /** The group that was probably meant: from the top, part by part, the one of that name or of the nearest. */
  nearest(path: string): string | undefined {
    if (!this.meant.has(path)) this.meant.set(path, this.findNearest(path));
    return this.meant.get(path);
  }

  private findNearest(path: string): string | undefined {
    let at: Group | undefined = this.tree.root;
    for (const part of path.split('/')) {
      const below: ReadonlyMap<string, Group> = at.children;
      at = below.get(part) ?? below.get(nearest(part, below.keys()) ?? '');
      if (!at) return undefined;
    }
    return this.has(at.path) ? at.path : undefined;
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
