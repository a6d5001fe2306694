import configSchema from '../../../schemas/config.schema.json';
import policySchema from '../../../schemas/policy.schema.json';
import type { Shape } from '../schema/problem';
import { tokens, type Pointer } from '../syntax/pointer';

/** A member of the language, as the schema describes it. */
export interface Term {
  /** As the console calls it. */
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Of its value, where there is but one: `string`, `object`. */
  readonly type: string | undefined;
  readonly default: unknown;
  /** The values that it may have, where they are few, with what each means. */
  readonly values: readonly { readonly value: unknown; readonly meaning: string | undefined }[];
}

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const roots: Record<Shape, { readonly top: Schema; readonly in: Schema }> = {
  policy: { top: { $ref: '#/definitions/policy' }, in: policySchema as Schema },
  device: { top: { $ref: '#/definitions/device' }, in: policySchema as Schema },
  config: { top: { $ref: '#/definitions/config' }, in: configSchema },
};

const found = new Map<string, Term | undefined>();
/** Names in a file can be any: only so many answers are kept. */
const most = 1000;

/** What the language says about the member at a pointer; `undefined` for one that it does not have. */
export function termAt(shape: Shape, pointer: Pointer): Term | undefined {
  const id = `${shape}${pointer}`;
  let term = found.get(id);
  if (term === undefined && !found.has(id)) {
    term = lookUp(shape, pointer);
    if (found.size < most) found.set(id, term);
  }
  return term;
}

function lookUp(shape: Shape, pointer: Pointer): Term | undefined {
  const { top, in: root } = roots[shape];
  let schema: Schema | undefined = flat(top, root);
  for (const token of tokens(pointer)) {
    schema = below(schema, token);
    if (!schema) return undefined;
    schema = flat(schema, root);
  }
  const few = (schema.enum?.length ?? 0) <= 10 ? (schema.enum ?? []) : [];
  return {
    title: schema.title,
    description: schema.description,
    type: typeof schema.type === 'string' ? schema.type : undefined,
    default: schema.default,
    values: few.map((value, i) => ({ value, meaning: schema.enumDescriptions?.[i] })),
  };
}

function below(schema: Schema, token: string): Schema | undefined {
  if (schema.items && /^\d+$/.test(token)) return schema.items;
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, token)) return properties[token];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** A schema with what it refers to; what it says itself goes over that. */
function flat(schema: Schema, root: Schema): Schema {
  const parts = [...(schema.$ref ? [resolve(schema.$ref, root)] : []), ...(schema.allOf ?? [])];
  return parts.reduceRight<Schema>((over, part) => ({ ...flat(part, root), ...over }), schema);
}

function resolve(ref: string, root: Schema): Schema {
  return root.definitions?.[ref.slice('#/definitions/'.length)] ?? {};
}
