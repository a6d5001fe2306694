import { readFileSync } from 'node:fs';

type Type =
  | { kind: 'base'; name: string }
  | { kind: 'reference'; name: string }
  | { kind: 'array'; element: Type }
  | { kind: 'map'; key: Type; value: Type }
  | { kind: 'or' | 'and' | 'tuple'; items: Type[] }
  | { kind: 'literal'; value: { properties: Property[] } }
  | { kind: 'stringLiteral' | 'integerLiteral' | 'booleanLiteral'; value: unknown };

interface Property {
  name: string;
  type: Type;
  optional?: boolean;
}

interface Structure {
  name: string;
  properties: Property[];
  extends?: Type[];
  mixins?: Type[];
}

interface Model {
  requests: { method: string; params?: Type; result: Type }[];
  notifications: { method: string; params?: Type }[];
  structures: Structure[];
  enumerations: { name: string; type: Type; values: { value: unknown }[]; supportsCustomValues?: boolean }[];
  typeAliases: { name: string; type: Type }[];
}

const file = new URL('../fixtures/protocol/meta-model.json', import.meta.url);
const model = JSON.parse(readFileSync(file, 'utf8')) as Model;
const structures = new Map(model.structures.map((each) => [each.name, each]));
const enumerations = new Map(model.enumerations.map((each) => [each.name, each]));
const aliases = new Map(model.typeAliases.map((each) => [each.name, each]));
const requests = new Map(model.requests.map((each) => [each.method, each]));
const notifications = new Map(model.notifications.map((each) => [each.method, each]));

/** What of a result is not as LSP 3.17 has it, by path; nothing for methods that it does not have. */
export function faultsOfResult(method: string, result: unknown): string[] {
  const request = requests.get(method);
  return request ? faults(request.result, result, 'result') : [];
}

/** The same for what the server sends of its own accord. */
export function faultsOfParams(method: string, params: unknown): string[] {
  const message = requests.get(method) ?? notifications.get(method);
  if (!message)
    return method.startsWith('keaPolicy/') || method.startsWith('$/') ? [] : [`unknown method ${method}`];
  return message.params ? faults(message.params, params, 'params') : [];
}

function faults(type: Type, value: unknown, at: string): string[] {
  switch (type.kind) {
    case 'base':
      return isBase(type.name, value) ? [] : [`${at}: ${JSON.stringify(value)} is no ${type.name}`];
    case 'stringLiteral':
    case 'integerLiteral':
    case 'booleanLiteral':
      return value === type.value ? [] : [`${at}: ${JSON.stringify(value)} is not ${String(type.value)}`];
    case 'array':
      if (!Array.isArray(value)) return [`${at}: is no array`];
      return value.flatMap((item, i) => faults(type.element, item, `${at}[${i}]`));
    case 'tuple':
      if (!Array.isArray(value) || value.length !== type.items.length) return [`${at}: is no tuple`];
      return type.items.flatMap((item, i) => faults(item, value[i], `${at}[${i}]`));
    case 'map':
      if (!isObject(value)) return [`${at}: is no map`];
      return Object.entries(value).flatMap(([name, member]) => faults(type.value, member, `${at}.${name}`));
    case 'or': {
      const all = type.items.map((item) => faults(item, value, at));
      return all.some((each) => each.length === 0) ? [] : all.sort((a, b) => a.length - b.length)[0]!;
    }
    case 'and':
      return type.items.flatMap((item) => faults(item, value, at));
    case 'literal':
      return membersFaults(type.value.properties, value, at);
    case 'reference':
      return referenceFaults(type.name, value, at);
  }
}

function referenceFaults(name: string, value: unknown, at: string): string[] {
  // LSPAny is anything; the model describes it by itself.
  if (name === 'LSPAny' || name === 'LSPObject' || name === 'LSPArray')
    return value === undefined ? [`${at}: nothing`] : [];
  const alias = aliases.get(name);
  if (alias) return faults(alias.type, value, at);
  const enumeration = enumerations.get(name);
  if (enumeration) {
    if (enumeration.supportsCustomValues) return faults(enumeration.type, value, at);
    return enumeration.values.some((each) => each.value === value)
      ? []
      : [`${at}: ${JSON.stringify(value)} is no ${name}`];
  }
  const structure = structures.get(name);
  if (!structure) throw new Error(`The model has no ${name}.`);
  return membersFaults(propertiesOf(structure), value, at);
}

function propertiesOf(structure: Structure): Property[] {
  const own = new Map(structure.properties.map((each) => [each.name, each]));
  for (const base of [...(structure.extends ?? []), ...(structure.mixins ?? [])]) {
    if (base.kind !== 'reference') continue;
    for (const each of propertiesOf(structures.get(base.name)!))
      if (!own.has(each.name)) own.set(each.name, each);
  }
  return [...own.values()];
}

function membersFaults(properties: Property[], value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: is no object`];
  const known = new Set(properties.map(({ name }) => name));
  const unknown = Object.keys(value).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `${at}.${name}: LSP has no such member`),
    ...properties.flatMap(({ name, type, optional }) => {
      const member = value[name];
      if (member === undefined) return optional ? [] : [`${at}.${name}: is missing`];
      return faults(type, member, `${at}.${name}`);
    }),
  ];
}

function isBase(name: string, value: unknown): boolean {
  switch (name) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'uinteger':
      return Number.isInteger(value) && (value as number) >= 0;
    case 'decimal':
      return typeof value === 'number';
    case 'string':
    case 'RegExp':
      return typeof value === 'string';
    case 'URI':
    case 'DocumentUri':
      return typeof value === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(value);
    default:
      throw new Error(`The model has no base type ${name}.`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
