import { escapeInvisible } from '../syntax/shown';

/** A piece of HTML that may be put into a page as it is. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = string | number | null | Html | readonly Html[];

/** Builds HTML; whatever is put in is escaped, unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let source = strings[0]!;
  for (let i = 0; i < parts.length; i++) source += render(parts[i]!) + strings[i + 1]!;
  return new Html(source);
}

/** A text as HTML: tables have tens of thousands of cells with nothing else in them. */
export function text(value: string): Html {
  return new Html(escaped(value));
}

function render(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.source;
  if (typeof part === 'object') return part.map((item) => item.source).join('');
  return escaped(String(part));
}

function escaped(text: string): string {
  // nearly all is plain: what can be seen, but for the characters that mean something in HTML
  if (/^[ !#-%(-;=?-~\u2013\u201c-\u201d\u2026]*$/.test(text)) return text;
  return escapeInvisible(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
