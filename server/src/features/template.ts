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
  const base =
    (name ?? kind)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || kind;
  for (let i = 1; ; i++) {
    const fileName = `${base}${i === 1 ? '' : `-${i}`}${documentSuffix}`;
    if (!isTaken(fileName)) return fileName;
  }
}
