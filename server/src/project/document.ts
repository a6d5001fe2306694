import type { ConfigFacts } from '../model/config';
import type { DeviceFacts, DocumentFacts, PolicyFacts } from '../model/facts';
import type { Problem } from '../schema/problem';

/** The name of a project's config file. */
export const configName = 'kea-policy.config.json';
/** How the name of a policy or device file ends. */
export const documentSuffix = '.kea-policy.json';

/** A policy or device file as the project knows it; a new object for every new content. */
export interface Document<F extends DocumentFacts | undefined = DocumentFacts | undefined> {
  /** Path within the project, with `/`. */
  readonly path: string;
  /** `undefined` where the file is neither a policy nor a device that could be read. */
  readonly facts: F;
  /** What is wrong with it as a document; empty for nearly all. */
  readonly problems: readonly Problem[];
}

export type PolicyDocument = Document<PolicyFacts>;
export type DeviceDocument = Document<DeviceFacts>;

/** What became of a text that the catalogue names. */
export type TextState =
  | { readonly state: 'ok'; readonly sha256: string }
  | { readonly state: 'missing' | 'unreadable' | 'outside' | 'not-a-file' | 'too-large' };

/** The project's config file. */
export interface ConfigDocument {
  readonly path: string;
  readonly facts: ConfigFacts;
  readonly problems: readonly Problem[];
  /** States of the catalogue's texts that name a file, by the text's pointer (`/statements/0/texts/1`). */
  readonly texts: ReadonlyMap<string, TextState>;
}

export function isPolicy(document: Document): document is PolicyDocument {
  return document.facts?.kind === 'policy';
}

export function isDevice(document: Document): document is DeviceDocument {
  return document.facts?.kind === 'device';
}
