/**
 * A text from a file made safe to stand in Markdown: nothing in it is formatted, linked, mentioned or HTML. What
 * means something only at the start of a line is left alone elsewhere, so that the source stays readable.
 */
export function escaped(text: string): string {
  return inOneLine(visible(text))
    .replace(/[\\`*_[\]<>|~&]/g, '\\$&')
    .replace(/^(\s*)([#+\-=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}&#46;`)
    .replace(/@(?=\w)/g, '&#64;');
}

/** A text from a file as code: in back ticks, longer ones than it holds itself. */
export function code(text: string): string {
  const inner = inOneLine(visible(text));
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') || inner === '' ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/** A blank for each line end with the blanks around it; not by one expression, which a million blanks would stall. */
function inOneLine(text: string): string {
  const lines = text.split(/[\r\n]+/);
  const last = lines.length - 1;
  return lines
    .map((line, i) => (i > 0 ? line.trimStart() : line))
    .map((line, i) => (i < last ? line.trimEnd() : line))
    .filter((line, i) => line !== '' || i === 0 || i === last)
    .join(' ');
}

// Control and bidirectional characters could make a text look like another one.
export function visible(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Markdown of our own making as plain text, for clients that show no Markdown. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 <$2>')
    .replace(/\*\*/g, '')
    .replace(/(^|[^\\])`+ ?([^`]*?) ?`+/g, '$1$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1')
    .replace(/&#(58|46|64);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/^---$/gm, '');
}
