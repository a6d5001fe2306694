import {
  getLanguageService,
  TextDocument,
  type JSONDocument,
  type LanguageService,
} from 'vscode-json-languageservice';
import type { ClientCapabilities } from 'vscode-json-languageservice';
import configSchema from '../../../schemas/config.schema.json';
import policySchema from '../../../schemas/policy.schema.json';
import type { Located } from '../engine/locate';
import type { Shape } from '../schema/problem';
import { tooLarge } from '../syntax/decode';
import { isDeeperThan, maxDepth } from '../syntax/depth';

/** A file for the JSON service: a text and its tree there. */
export interface JsonFile {
  readonly service: LanguageService;
  readonly document: TextDocument;
  readonly json: JSONDocument;
}

/** Which schema a file is held against; `document` for one that does not say yet what kind it is. */
export type JsonShape = Shape | 'document';

const services = new Map<JsonShape, LanguageService>();

// A name of our own, so that nothing depends on where a file lies.
const uri = 'kea-policy:/file.json';
const { definitions } = policySchema;
// Where the kind is known its branch alone is looked at: that takes a third of the time. Where it is not, whatever
// one of them has can be meant.
const schemas: Record<JsonShape, object> = {
  document: {
    definitions,
    properties: {
      ...definitions.device.properties,
      ...definitions.policy.properties,
      ...policySchema.properties,
    },
  },
  policy: { $ref: '#/definitions/policy', definitions },
  device: { $ref: '#/definitions/device', definitions },
  config: configSchema,
};

function serviceFor(shape: JsonShape): LanguageService {
  let service = services.get(shape);
  if (!service) {
    service = getLanguageService({ clientCapabilities: capabilities });
    service.configure({
      validate: false,
      allowComments: false,
      schemas: [{ uri: `kea-policy:/${shape}.schema.json`, fileMatch: [uri], schema: schemas[shape] }],
    });
    services.set(shape, service);
  }
  return service;
}

const capabilities: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: { documentationFormat: ['markdown', 'plaintext'], commitCharactersSupport: true },
    },
  },
};

const parsedFiles = new WeakMap<Located, JsonFile>();

/**
 * A text as the JSON service sees it; `undefined` for one that is too large or too deep: the service is recursive
 * and would fall over.
 */
export function jsonFile(located: Located, shape: JsonShape): JsonFile | undefined {
  let file = parsedFiles.get(located);
  if (!file) {
    const { text } = located;
    if (tooLarge(text) || isDeeperThan(text, maxDepth)) return undefined;
    const service = serviceFor(shape);
    const document = TextDocument.create(uri, 'json', 1, text);
    const json = service.parseJSONDocument(document);
    disregardSchemaReference(json);
    file = { service, document, json };
    parsedFiles.set(located, file);
  }
  return file;
}

// A file's own `$schema` would go over ours, and be fetched.
function disregardSchemaReference(json: JSONDocument): void {
  if (json.root?.type !== 'object') return;
  for (const member of json.root.properties) {
    if (member.keyNode.value === '$schema' && member.valueNode?.type === 'string') {
      Object.defineProperty(member.valueNode, 'type', { value: 'null' });
    }
  }
}
