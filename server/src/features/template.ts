import { documentSuffix } from '../project/document';
import type { TemplateParams } from './protocol';
import { configSnippets, documentSnippets, withoutPlaceholders } from './snippets';

/** A new file with a name and a group filled in; it never enables or accepts anything. */
export function templateText({ kind, name, administrationGroup }: TemplateParams): string {
  const snippet = [...documentSnippets, ...configSnippets].find((each) => each.label === kind)!;
  const value = JSON.parse(withoutPlaceholders(snippet.body)) as Record<string, unknown>;
  if (kind !== 'config') {
    if (name) value.name = name;
    if (administrationGroup) value.administrationGroup = administrationGroup;
  }
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A file name made of a document's name: letters and digits of any script, the rest as hyphens. */
export function templateFileName(
  { kind, name }: TemplateParams,
  isTaken: (fileName: string) => boolean,
): string {
  if (kind === 'config') return 'kea-policy.config.json';
  const base = nameForFile(name ?? kind, kind);
  for (let i = 1; ; i++) {
    const fileName = `${base}${i === 1 ? '' : `-${i}`}${documentSuffix}`;
    if (!isTaken(fileName)) return fileName;
  }
}

/** Names that Windows has for devices, whatever stands behind a dot. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/**
 * A name that any system takes for a file or folder, made of a name that people gave.
 * @param kind what is named, for names of which nothing is left or that are reserved
 */
export function nameForFile(name: string, kind: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/^-+|-+$/g, '');
  return reserved.test(plain) ? `${plain}-${kind}` : plain || kind;
}
