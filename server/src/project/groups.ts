import { wellFormed } from '../model/facts';
import { isDevice, isPolicy, type DeviceDocument, type Document, type PolicyDocument } from './document';

/** An administration group, with what the project has in it. Groups are compared part by part. */
export class Group {
  readonly children = new Map<string, Group>();
  policies: PolicyDocument[] = [];
  devices: DeviceDocument[] = [];

  constructor(
    readonly name: string,
    readonly parent: Group | undefined,
    readonly depth: number,
  ) {}

  /** Whether `other` is this group or lies below it. */
  contains(other: Group): boolean {
    let at: Group | undefined = other;
    while (at && at.depth > this.depth) at = at.parent;
    return at === this;
  }

  /** The group's path from the top. */
  get path(): string {
    const parts: string[] = [];
    for (let at: Group | undefined = this; at?.parent; at = at.parent) parts.push(at.name);
    return parts.reverse().join('/');
  }
}

/** All groups of a project, by path. */
export class GroupTree {
  /** Above all groups; has no name and nothing in it. */
  readonly root = new Group('', undefined, 0);
  // Documents ask for their group again and again.
  private readonly byPath = new Map<string, Group>();

  /** The group with that path, made where it is not there yet. */
  ensure(path: string): Group {
    const known = this.byPath.get(path);
    if (known) return known;
    let group = this.root;
    for (const part of path.split('/')) {
      let next = group.children.get(part);
      if (!next) {
        next = new Group(part, group, group.depth + 1);
        group.children.set(part, next);
      }
      group = next;
    }
    this.byPath.set(path, group);
    return group;
  }

  /** The group with that path, or the nearest above it that the project knows. */
  nearest(path: string): { readonly group: Group; readonly exact: boolean } {
    let group = this.root;
    for (const part of path.split('/')) {
      const next = group.children.get(part);
      if (!next) return { group, exact: false };
      group = next;
    }
    return { group, exact: true };
  }

  /** Puts a document into its group; one without a valid kind or group is in none. Returns the group. */
  add(document: Document): Group | undefined {
    const group = this.groupFor(document);
    if (group && isPolicy(document)) group.policies.push(document);
    else if (group && isDevice(document)) group.devices.push(document);
    return group;
  }

  /** Takes a document out of its group again. Empty groups stay: they do no harm. */
  remove(document: Document): Group | undefined {
    const group = this.groupFor(document);
    if (group && isPolicy(document)) group.policies = group.policies.filter((other) => other !== document);
    else if (group && isDevice(document)) group.devices = group.devices.filter((other) => other !== document);
    return group;
  }

  private groupFor(document: Document): Group | undefined {
    const path = document.facts && wellFormed(document.facts.administrationGroup);
    return path === undefined ? undefined : this.ensure(path);
  }
}

/** Every group at or below `top`, parents before their children. */
export function* subtree(top: Group): Generator<Group> {
  const pending = [top];
  for (let group = pending.pop(); group; group = pending.pop()) {
    yield group;
    pending.push(...group.children.values());
  }
}
