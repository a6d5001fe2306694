import { wellFormed } from '../model/facts';
import type { Document } from '../project/document';
import { inThousands } from '../syntax/shown';

/** The name that a document states; its file's name where it has none that is well-formed. */
export function nameOf(document: Document): string {
  const name = document.facts && wellFormed(document.facts.name);
  return name ?? document.path.slice(document.path.lastIndexOf('/') + 1);
}

/** `1 device`, `2 devices`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${inThousands(count)} ${count === 1 ? one : many}`;
}
