import { value as valueAnchor } from '../syntax/anchor';
import type { Pointer } from '../syntax/pointer';
import { listed } from '../syntax/shown';
import { nearestValue } from './nearest-value';
import { plainAt } from './plain-at';
import { codePoints } from './formats';
import { patternWords } from './generated/members';
import type { ShapeError } from './generated/shape-errors';
import type { Problem } from './problem';
import { consequence, memberAt, shownValue } from './words';

const types: Record<string, string> = {
  string: 'must be text in double quotes',
  boolean: 'must be true or false',
  integer: 'must be a whole number',
  object: 'must be an object',
  array: 'must be a list',
};

const formats: Record<string, string> = {
  date: 'must be a day of the calendar, such as 2027-01-31',
  'date-time': 'must be a date and time with offset, such as 2026-11-01T09:30:00+01:00',
};

/** A value that its member can't have; `about` is what the validator says of it, never empty. */
export function invalidValue(document: unknown, pointer: Pointer, about: readonly ShapeError[]): Problem {
  const value = plainAt(document, pointer);
  // Allowed values say more than the type that they have.
  const error = about.find(({ keyword }) => keyword === 'enum' || keyword === 'const') ?? about[0]!;
  const set = nearestValue(pointer, value, error);
  return {
    rule: 'invalid-value',
    message: `${memberAt(pointer)} ${expected(error)}${actual(error, value)}: ${consequence}.`,
    anchor: valueAnchor(pointer),
    malformed: pointer,
    ...((typeof value !== 'object' || value === null) && {
      value: typeof value === 'string' ? value.slice(0, 200) : value,
    }),
    ...(set !== undefined && {
      repairs: [
        {
          title: `Set it to ${JSON.stringify(set)}`,
          kind: 'choice',
          changes: [{ op: 'set', pointer, value: set }],
        },
      ],
    }),
  };
}

function expected({ keyword, params }: ShapeError): string {
  const limit = Number(params.limit);
  switch (keyword) {
    case 'type':
      return types[params.type as string]!;
    case 'enum':
      return oneOf(params.allowedValues as readonly string[]);
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'pattern':
      return patternWords[params.pattern as string]!;
    case 'format':
      return formats[params.format as string]!;
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minItems':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} items`;
    case 'minimum':
      return `must be ${limit} or more`;
    default:
      return 'does not have the form that it must have';
  }
}

// Two hundred region codes would hide what is meant.
function oneOf(allowed: readonly string[]): string {
  if (allowed.length > 20) {
    return 'must be an ISO 3166-1 alpha-2 code in capital letters, such as DE';
  }
  return `must be ${listed(allowed.map((value) => JSON.stringify(value)))}`;
}

function actual({ keyword }: ShapeError, value: unknown): string {
  switch (keyword) {
    case 'minLength':
      return value === '' ? '' : `, and has ${codePoints(value as string)}`;
    case 'maxLength':
      return `, and has ${codePoints(value as string)}`;
    case 'minItems':
      return '';
    default:
      return `, not ${shownValue(value)}`;
  }
}
