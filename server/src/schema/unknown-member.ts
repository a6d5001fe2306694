import { key } from '../syntax/anchor';
import { nearest } from '../syntax/nearest';
import { child, type Pointer } from '../syntax/pointer';
import type { Repair } from '../syntax/repair';
import { listed, shown } from '../syntax/shown';
import { members } from './generated/members';
import { patternOf, plainAt } from './plain-at';
import type { Problem, Shape } from './problem';
import { capital, memberAt, ownerAt, whose } from './words';

/** KSN settings that other products of the vendor have, in lower case. */
const otherProducts = new Set([
  'extendedksnmode',
  'useksnserverswhenproxyunavailable',
  'cloudmode',
  'kpsn',
  'useprivateksn',
]);

// Nobody reads the hundredth suggestion, and a hostile file should not make us look for fifty thousand.
const mostSuggestions = 100;

/**
 * Members that the language does not have.
 * @param unknown names that the shape does not have, by the pointer of their object
 * @param required pointers of required members that are absent: a name near to one of them was meant for it
 */
export function unknownMembers(
  shape: Shape,
  document: unknown,
  unknown: ReadonlyMap<Pointer, readonly string[]>,
  required: ReadonlySet<Pointer>,
): Problem[] {
  const problems: Problem[] = [];
  let suggestions = mostSuggestions;
  for (const [pointer, names] of unknown) {
    const table = members[shape][patternOf(pointer)] ?? [];
    const object = plainAt(document, pointer) as Record<string, unknown>;
    const absent = table.filter((name) => !Object.hasOwn(object, name));
    for (const name of names) {
      const meant = suggestions-- > 0 ? nearest(name, absent) : undefined;
      problems.push(unknownMember(shape, pointer, object, name, meant, required));
    }
  }
  return problems;
}

function unknownMember(
  shape: Shape,
  pointer: Pointer,
  object: Record<string, unknown>,
  name: string,
  meant: string | undefined,
  required: ReadonlySet<Pointer>,
): Problem {
  const at = child(pointer, name);
  const remove: Repair = {
    title: `Remove ${shown(name)}`,
    kind: 'choice',
    changes: [{ op: 'remove', pointer: at }],
  };
  if (shape !== 'config' && pointer === '/ksn' && otherProducts.has(name.toLowerCase())) {
    const message = `${shown(name)} is no setting of Kaspersky Endpoint Agent and has no effect here: it belongs to the KSN settings of other products of the vendor.`;
    return { rule: 'not-a-kea-setting', message, anchor: key(at), repairs: [remove] };
  }
  const isRequired = meant !== undefined && required.has(child(pointer, meant));
  const isSame = meant !== undefined && isSingularOrPlural(name, meant);
  const elsewhere = isRequired || isSame ? undefined : belongsElsewhere(shape, pointer, name, meant);
  const suggested = elsewhere === undefined ? meant : undefined;
  const renames = suggested !== undefined && !bringsAcceptance(pointer, object, name, suggested);
  const owner = pointer.endsWith('/rules') ? 'KEA Policy' : ownerAt(shape, pointer);
  const what = pointer.endsWith('/rules') ? `rule ${shown(name)}` : shown(name);
  const question = suggested === undefined ? '.' : `; did you mean "${suggested}"?`;
  return {
    rule: 'unknown-property',
    message: `${elsewhere ?? `${owner} has no ${what}`}, so it has no effect${question}`,
    anchor: key(at),
    ...(isRequired && { malformed: child(pointer, meant) }),
    repairs: renames ? [rename(at, suggested), remove] : [remove],
  };
}

function rename(pointer: Pointer, name: string): Repair {
  return { title: `Rename it to "${name}"`, kind: 'choice', changes: [{ op: 'rename', pointer, name }] };
}

/** Where a name has its place, if this is not it; typing mistakes for a name of this place come before other places. */
function belongsElsewhere(
  shape: Shape,
  pointer: Pointer,
  name: string,
  meant: string | undefined,
): string | undefined {
  const pattern = patternOf(pointer);
  const others = (Object.keys(members) as Shape[]).filter(
    (other) => other !== shape && members[other][pattern]?.includes(name),
  );
  if (others.length > 0) {
    return `${capital(whose[shape])} has no ${shown(name)}: that is a member of ${listed(others.map((o) => whose[o]))}`;
  }
  if (meant !== undefined) return undefined;
  const places = Object.keys(members[shape]).filter(
    (place) => place !== pattern && !place.includes('*') && members[shape][place]!.includes(name),
  );
  if (places.length === 0 || places.length > 3) return undefined;
  const named = places.map((place) =>
    place === '' ? 'at the top of the document' : `in ${memberAt(place)}`,
  );
  return `${shown(name)} is out of place: it belongs ${listed(named)}`;
}

/** `agent` in the config was meant for `agents`, though a device has a member of that name. */
const isSingularOrPlural = (a: string, b: string): boolean => `${a}s` === b || `${b}s` === a;

/** Whether a member of that name would make an acceptance of the KSN Statement of what is there. */
function bringsAcceptance(
  pointer: Pointer,
  object: Record<string, unknown>,
  name: string,
  meant: string,
): boolean {
  if (pointer === '/ksn/statement') {
    return meant === 'accepted' || (meant === 'version' && object.accepted === true);
  }
  if (pointer === '/ksn' && meant === 'statement') return plainAt(object[name], '/accepted') === true;
  return pointer === '' && meant === 'ksn' && plainAt(object[name], '/statement/accepted') === true;
}
