import { child, type Pointer } from '../syntax/pointer';
import * as errors from './generated/shape-errors';
import * as wellFormed from './generated/well-formed';
import { invalidValue } from './invalid-value';
import { missingMember } from './missing-member';
import type { Problem, Shape } from './problem';
import { unknownMembers } from './unknown-member';

export { kindProblem, shapeOf } from './kind';

type ShapeError = errors.ShapeError;

/** Whether a plain value has the shape; says nothing else, and quickly. */
export function isWellFormed(shape: Shape, value: unknown): boolean {
  return wellFormed[shape](value);
}

/**
 * What is wrong with a plain value, in words: one problem for each cause, none exactly where it is
 * well-formed. The value must not be nested deeper than documents may be.
 */
export function shapeProblems(shape: Shape, value: unknown): Problem[] {
  const validate = errors[shape];
  const found = validate(value) ? [] : (validate.errors ?? []);
  const missing: { pointer: Pointer; of: Pointer; name: string }[] = [];
  const unknown = new Map<Pointer, string[]>();
  const malformed = new Map<Pointer, ShapeError[]>();
  for (const error of found) {
    const { instancePath, params } = error;
    if (error.keyword === 'required') {
      const name = params.missingProperty as string;
      missing.push({ pointer: child(instancePath, name), of: instancePath, name });
    } else if (error.keyword === 'additionalProperties') {
      push(unknown, instancePath, params.additionalProperty as string);
    } else {
      push(malformed, instancePath, error);
    }
  }
  const required = new Set(missing.map(({ pointer }) => pointer));
  const problems = unknownMembers(shape, value, unknown, required);
  const mistyped = new Set(problems.map((problem) => problem.malformed));
  for (const member of missing) {
    if (!mistyped.has(member.pointer)) problems.push(missingMember(shape, value, member));
  }
  for (const [pointer, about] of malformed) problems.push(invalidValue(value, pointer, about));
  return problems;
}

function push<V>(map: Map<Pointer, V[]>, pointer: Pointer, value: V): void {
  const values = map.get(pointer);
  if (values) values.push(value);
  else map.set(pointer, [value]);
}
