import { wellFormed, type DocumentFacts } from '../model/facts';
import { isPolicy, type Document } from './document';
import { subtree, type Group } from './groups';
import type { Project } from './project';

/**
 * The paths of other documents whose findings may be different ones now that a document was replaced in its
 * project: those in its group and below, the policies above, which reach them, and documents by its name. None
 * where nothing changed that others can see. Call it after `Project.replace`.
 */
export function affectedBy(
  project: Project,
  before: Document | undefined,
  after: Document | undefined,
): Set<string> {
  const affected = new Set<string>();
  const changed = differing(before?.facts, after?.facts);
  if (changed?.every((name) => unseen.includes(name))) return affected;
  const sameAbove = before?.facts?.kind === 'policy' && changed?.every((name) => unseenAbove.includes(name));
  const groupBefore = before && project.groupOf(before);
  for (const document of [before, after]) {
    const group = document && project.groupOf(document);
    if (!group) continue;
    // what is edited mostly stays where it is
    if (document === after && group === groupBefore && isPolicy(document) && isPolicy(before!)) continue;
    if (document.facts?.kind === 'policy') addBelow(group, affected);
    else addNamesakes(group, document.facts!, affected);
    for (let at: Group | undefined = group; at; at = sameAbove ? undefined : at.parent) {
      for (const policy of at.policies) affected.add(policy.path);
    }
  }
  const own = (after ?? before)!.path;
  affected.delete(own);
  return affected;
}

/** With more changes than this everything is looked at: to follow each would cost more than that. */
const worthFollowing = 500;

/**
 * The paths of documents about which two states of a project may say different things; `undefined` where that may
 * be all of them. Documents that are the same object in both are taken for unchanged.
 */
export function mayDiffer(before: Project, after: Project): ReadonlySet<string> | undefined {
  if (before.root !== after.root || !sameConfig(before, after)) return undefined;
  const changed: string[] = [];
  for (const { path } of after.documents) {
    if (before.document(path) !== after.document(path)) changed.push(path);
  }
  for (const { path } of before.documents) if (!after.document(path)) changed.push(path);
  const found = new Set(changed);
  if (changed.length === 0) return found;
  if (changed.length > worthFollowing) return undefined;
  // What has not changed is in the same group in both: asking one of them tells of all that a change may reach.
  for (const path of changed) {
    for (const other of affectedBy(after, after.document(path), before.document(path))) found.add(other);
  }
  return found;
}

function sameConfig(before: Project, after: Project): boolean {
  return (
    equal(before.config, after.config) &&
    equal([...before.nestedConfigs].sort(), [...after.nestedConfigs].sort())
  );
}

function addBelow(top: Group, affected: Set<string>): void {
  for (const group of subtree(top)) {
    for (const policy of group.policies) affected.add(policy.path);
    for (const device of group.devices) affected.add(device.path);
  }
}

function addNamesakes(group: Group, facts: DocumentFacts, affected: Set<string>): void {
  const name = wellFormed(facts.name);
  if (name === undefined) return;
  for (const device of group.devices) if (device.facts.name === name) affected.add(device.path);
}

/** Members that no other document sees. */
const unseen = ['exceptions', 'regions'];
/** Of a policy: members that no policy above sees, which asks only how far it reaches itself. */
const unseenAbove = [...unseen, 'name', 'ksn', 'plugin', 'kmp'];

/** The members in which two states of a document differ; `undefined` where there is only one of them. */
function differing(
  before: DocumentFacts | undefined,
  after: DocumentFacts | undefined,
): readonly string[] | undefined {
  if (before === undefined || after === undefined) return before === after ? [] : undefined;
  const left = before as unknown as Readonly<Record<string, unknown>>;
  const right = after as unknown as Readonly<Record<string, unknown>>;
  const names: string[] = [];
  for (const name in left) if (!(name in right && equal(left[name], right[name]))) names.push(name);
  for (const name in right) if (!(name in left)) names.push(name);
  return names;
}

// Facts are plain data and maps of it, a few levels deep, with a symbol for what is malformed.
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) return equal([...a], [...b]);
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) =>
    equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}
