import { escaped } from '../engine/markdown';
import { asMarkdown, type Block } from './blocks';

/** The URI of a path within the project; `undefined` where there is no such file to open. */
export type UriOf = (path: string) => string | undefined;

/** A path as Markdown, a link where there is a file. The URI must be encoded: no blanks, brackets or parentheses. */
export function linked(path: string, uriOf: UriOf): string {
  const uri = uriOf(path);
  return uri === undefined ? escaped(path) : `[${escaped(path)}](${uri})`;
}

/** Blocks as Markdown in which the files that they name are links. @param blocks made with paths as `shown` gives them */
export function linkedMarkdown(
  blocks: (shown: (path: string) => string) => readonly Block[],
  uriOf: UriOf,
): string {
  // Texts are escaped as a whole, so that a link has to go in afterwards: where a mark stands that no text holds.
  const longest = asMarkdown(blocks((path) => path)).match(/\ue000+/g) ?? [];
  const mark = '\ue000'.repeat(1 + Math.max(0, ...longest.map(({ length }) => length)));
  const paths: string[] = [];
  const marked = asMarkdown(blocks((path) => `${mark}${paths.push(path) - 1}${mark}`));
  return marked.replace(new RegExp(`${mark}(\\d+)${mark}`, 'g'), (_, index) =>
    linked(paths[Number(index)]!, uriOf),
  );
}
