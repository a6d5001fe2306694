import type { CompletionItem, TextEdit as LspTextEdit } from 'vscode-languageserver-types';
import { acceptanceIn } from '../engine/acceptance-guard';
import { nodeAt } from '../syntax/tree';
import type { CompletionPlace } from './completion-place';
import { offsetAt, type Scene } from './scene';
import { withoutPlaceholders } from './snippets';

/** What a text that records an acceptance has in it, comments between its tokens included. */
const mayAccept = /"accepted"\s*(?:\/|:(?!\s*false\b))|\\u/;

/** Leaves out whatever would accept the Statement, or turn KSN on in the place of a malformed value. */
export function harmless(
  { scene, pointer, location }: CompletionPlace,
  items: CompletionItem[],
): CompletionItem[] {
  const { text } = scene.file;
  const noTrue =
    pointer === '/ksn/statement/accepted' || (pointer === '/ksn/enabled' && isOfOtherType(scene));
  const canAccept = location.isAtPropertyKey || /^(\/ksn.*)?$/.test(pointer);
  const before = canAccept && mayAccept.test(text) ? acceptanceIn(text) : undefined;
  return items.filter((item) => {
    const edit = item.textEdit as LspTextEdit | undefined;
    const newText = withoutPlaceholders(edit?.newText ?? item.insertText ?? item.label);
    if (noTrue && newText.includes('true')) return false;
    if (!canAccept) return true;
    if (!edit) return true;
    const start = offsetAt(scene.file.lines, edit.range.start);
    const end = offsetAt(scene.file.lines, edit.range.end);
    const changed = text.slice(0, start) + newText + text.slice(end);
    if (!mayAccept.test(changed)) return true;
    const recorded = acceptanceIn(changed);
    return recorded === undefined || recorded === before;
  });
}

function isOfOtherType({ file }: Scene): boolean {
  const enabled = nodeAt(file.parsed.root, '/ksn/enabled');
  return enabled !== undefined && enabled.type !== 'boolean';
}
