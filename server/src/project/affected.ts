import { wellFormed, type DocumentFacts } from '../model/facts';
import type { Document } from './document';
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
  if (sameForOthers(before?.facts, after?.facts)) return affected;
  for (const document of [before, after]) {
    const group = document && project.groupOf(document);
    if (!group) continue;
    if (document.facts?.kind === 'policy') addBelow(group, affected);
    else addNamesakes(group, document.facts!, affected);
    for (let at: Group | undefined = group; at; at = at.parent) {
      for (const policy of at.policies) affected.add(policy.path);
    }
  }
  const own = (after ?? before)!.path;
  affected.delete(own);
  return affected;
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

/** Whether two states of a document look the same to every other one: exceptions are its own business. */
function sameForOthers(before: DocumentFacts | undefined, after: DocumentFacts | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return equal({ ...before, exceptions: [] }, { ...after, exceptions: [] });
}

// Facts are plain data, a few levels deep, with a symbol for what is malformed.
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) =>
    equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}
