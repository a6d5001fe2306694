import { key, value as valueAnchor } from '../syntax/anchor';
import { nearest } from '../syntax/nearest';
import type { Repair } from '../syntax/repair';
import type { Problem, Shape } from './problem';
import { shownValue } from './words';

type Kind = Exclude<Shape, 'config'>;
const kinds: readonly Kind[] = ['policy', 'device'];

/** The shape that a document names by its `kind`; `undefined` where it names none of the two. */
export function shapeOf(value: unknown): Kind | undefined {
  const kind = isObject(value) && Object.hasOwn(value, 'kind') ? value.kind : undefined;
  return kind === 'policy' || kind === 'device' ? kind : undefined;
}

/** What is wrong with a document that is neither a policy nor a device: without a kind, nothing else can be told. */
export function kindProblem(value: unknown): Problem {
  if (!isObject(value)) {
    const message = `The document must be an object with the members of a policy or a device, not ${shownValue(value)}.`;
    return { rule: 'invalid-value', message, anchor: valueAnchor(''), malformed: '' };
  }
  if (!Object.hasOwn(value, 'kind')) {
    return {
      rule: 'missing-property',
      message: 'The document has no "kind", so it is not known whether it is a policy or a device.',
      anchor: key('/kind'),
      malformed: '/kind',
      repairs: likeliestFirst(value).map((kind) => setKind(kind, `Insert "kind": "${kind}"`)),
    };
  }
  const meant = typeof value.kind === 'string' ? nearest(value.kind, kinds) : undefined;
  return {
    rule: 'invalid-value',
    message: `"kind" must be "policy" or "device", not ${shownValue(value.kind)}, so nothing else can be judged.`,
    anchor: valueAnchor('/kind'),
    malformed: '/kind',
    ...(typeof value.kind === 'string' && { value: value.kind.slice(0, 200) }),
    repairs: (meant ? [meant] : likeliestFirst(value)).map((kind) =>
      setKind(kind, `Set "kind" to "${kind}"`),
    ),
  };
}

function likeliestFirst(value: Record<string, unknown>): Kind[] {
  return Object.hasOwn(value, 'agent') ? ['device', 'policy'] : ['policy', 'device'];
}

function setKind(kind: Kind, title: string): Repair {
  return { title, kind: 'choice', changes: [{ op: 'set', pointer: '/kind', value: kind }] };
}

/** Whether a plain value is an object (and no array). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
