import type { CompletionItem, TextEdit as LspTextEdit } from 'vscode-languageserver-types';
import { acceptanceIn, acceptanceOf } from '../engine/acceptance-guard';
import { nodeAt } from '../syntax/tree';
import type { CompletionPlace } from './completion-place';
import { offsetAt, type Scene } from './scene';
import { withoutPlaceholders } from './snippets';

/** What a text that records an acceptance has in it, comments between its tokens included. */
const mayAccept = /"accepted"\s*(?:\/|:(?!\s*false\b))|\\u/;

/** A string, which elsewhere than in the group is no part of an acceptance; nor need thousands of groups be tried. */
const isString = /^"[^"]*",?$/;

/** Leaves out whatever would accept the Statement, or turn KSN on in the place of a malformed value. */
export function harmless(
  { scene, pointer, location }: CompletionPlace,
  items: CompletionItem[],
): CompletionItem[] {
  const { text } = scene.file;
  const noTrue =
    pointer === '/ksn/statement/accepted' || (pointer === '/ksn/enabled' && isOfOtherType(scene));
  const canAccept = location.isAtPropertyKey || /^(\/ksn.*)?$/.test(pointer);
  const mayBefore = mayAccept.test(text);
  const known = mayBefore ? acceptanceOf(scene.file.parsed) : undefined;
  return items.filter((item) => {
    const edit = item.textEdit as LspTextEdit | undefined;
    const newText = withoutPlaceholders(edit?.newText ?? item.insertText ?? item.label);
    if (noTrue && newText.includes('true')) return false;
    if (!edit || (!canAccept && isString.test(newText))) return true;
    const start = offsetAt(scene.file.lines, edit.range.start);
    const end = offsetAt(scene.file.lines, edit.range.end);
    if (!mayBefore && !mayAccept.test(before(text, start) + newText + behind(text, end))) return true;
    const recorded = acceptanceIn(text.slice(0, start) + newText + text.slice(end));
    return recorded === undefined || recorded === known;
  });
}

function isOfOtherType({ file }: Scene): boolean {
  const enabled = nodeAt(file.parsed.root, '/ksn/enabled');
  return enabled !== undefined && enabled.type !== 'boolean';
}

/** More characters than `mayAccept` looks at, blanks between tokens not counted. */
const enough = 24;

/** What stands right before a place, as far as it can be a part of a match of `mayAccept`. */
function before(text: string, end: number): string {
  let start = end;
  for (let left = enough; start > 0 && left > 0; start--) if (!isBlank(text, start - 1)) left--;
  return text.slice(start, end);
}

/** The same for what stands right behind a place. */
function behind(text: string, start: number): string {
  let end = start;
  for (let left = enough; end < text.length && left > 0; end++) if (!isBlank(text, end)) left--;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c <= 32 || (c >= 128 && /\s/.test(text[at]!));
}
