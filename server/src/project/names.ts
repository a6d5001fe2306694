import { wellFormed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from './document';
import type { Project } from './project';

type Named = PolicyDocument | DeviceDocument;

/** The documents of a group that share a name, by name and in path order; unique names are not kept. */
type Repeated = ReadonlyMap<string, readonly Named[]>;

const nothingRepeated: Repeated = new Map();

// A group may hold ten thousand devices, each of which asks. The lists of a group only ever grow in place or
// are replaced, so that a list with its length says whether its index still holds.
const indexes = new WeakMap<readonly Named[], { readonly size: number; readonly repeated: Repeated }>();

/** The other documents of the same kind in the same administration group that have a document's name, by path. */
export function namesakes(project: Project, document: Named): readonly Named[] {
  const name = wellFormed(document.facts.name);
  const group = project.groupOf(document);
  if (name === undefined || !group) return [];
  const alike = repeatedIn(document.facts.kind === 'policy' ? group.policies : group.devices).get(name);
  return alike === undefined ? [] : alike.filter((other) => other !== document);
}

function repeatedIn(documents: readonly Named[]): Repeated {
  if (documents.length < 2) return nothingRepeated;
  const known = indexes.get(documents);
  if (known?.size === documents.length) return known.repeated;
  const first = new Map<string, Named>();
  const repeated = new Map<string, Named[]>();
  for (const document of documents) {
    const name = wellFormed(document.facts.name);
    if (name === undefined) continue;
    const other = first.get(name);
    if (!other) first.set(name, document);
    else if (repeated.has(name)) repeated.get(name)!.push(document);
    else repeated.set(name, [other, document]);
  }
  for (const alike of repeated.values()) alike.sort((a, b) => (a.path < b.path ? -1 : 1));
  indexes.set(documents, { size: documents.length, repeated });
  return repeated;
}
