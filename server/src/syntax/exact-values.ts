import type { Anchor } from './anchor';
import { child, type Pointer } from './pointer';
import type { Problem } from './problem';
import { exactDigits, hasLoneSurrogate } from './scan';
import { shown } from './shown';
import { nameOf, rangeOf, valueOf, type Node, type Parsed } from './tree';

/**
 * Values that would not come back from a reader as they were written: strings with half a surrogate pair,
 * and numbers with more digits or a greater size than readers keep.
 */
export function inexactValues({ text, root }: Parsed): Problem[] {
  const problems: Problem[] = [];
  visit(root, '', false);
  return problems;

  /** @param hidden below a member that a later one of the same name hides: no pointer leads there */
  function visit(node: Node | undefined, pointer: Pointer, hidden: boolean): void {
    if (!node) return;
    if (node.type === 'string') {
      if (hasLoneSurrogate(node.value as string)) report(loneSurrogate(node, 'text'), node, pointer, hidden);
    } else if (node.type === 'number') {
      const message = rounded(text.slice(node.offset, node.offset + node.length));
      if (message) report(message, node, pointer, hidden);
    } else if (node.type === 'array') {
      node.children?.forEach((item, i) => visit(item, child(pointer, i), hidden));
    } else if (node.type === 'object') {
      const last = new Map(node.children!.map((member) => [nameOf(member).value as string, member]));
      for (const member of node.children!) {
        const name = nameOf(member);
        const below = child(pointer, name.value as string);
        if (hasLoneSurrogate(name.value as string)) report(loneSurrogate(name, 'name'), name, below, true);
        visit(valueOf(member), below, hidden || last.get(name.value as string) !== member);
      }
    }
  }

  function report(message: string, node: Node, pointer: Pointer, hidden: boolean): void {
    const anchor: Anchor = hidden ? { range: rangeOf(node) } : { pointer, on: 'value' };
    const raw = text.slice(node.offset, node.offset + Math.min(node.length, 200));
    problems.push({
      rule: 'invalid-value',
      message,
      anchor,
      value: raw,
      ...(!hidden && { malformed: pointer }),
    });
  }
}

function loneSurrogate(node: Node, what: 'text' | 'name'): string {
  return `The ${what} ${shown(node.value as string)} holds half of a surrogate pair, which is no character: readers replace it or refuse the file.`;
}

function rounded(raw: string): string | undefined {
  if (raw.length <= exactDigits && /^-?\d+$/.test(raw)) return undefined;
  const read = Number(raw);
  if (!/^-?\d/.test(raw) || Number.isNaN(read)) return undefined; // not a number at all: json-syntax
  const short = shown(raw).slice(1, -1);
  if (!Number.isFinite(read)) return `The number ${short} is larger than readers of JSON can hold.`;
  if (decimal(raw) === decimal(String(read))) return undefined;
  return `The number ${short} can't be held exactly: readers of JSON make ${read} of it.`;
}

/** A number's significant digits and its exponent, the same for every way of writing it. */
function decimal(raw: string): string {
  const [mantissa, exponent = '0'] = raw.replace(/^[-+]/, '').toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  const digits = (whole! + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  // Digit by digit: an expression would be tried from each of a million zeros that others follow.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
