/**
 * A text as a message shows it: in quotes, what can't be seen (control and bidirectional characters, odd
 * blanks, lone surrogates) escaped, and cut off behind 60 characters.
 */
export function shown(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return escapeInvisible(JSON.stringify(short));
}

/** Writes characters that can't be seen, or that turn the direction of text, as `\uXXXX`. */
export function escapeInvisible(text: string): string {
  // nearly all there is: ASCII, and the marks that messages have
  if (/^[ -~\u2018-\u201d\u2026]*$/.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/gu, (c) =>
    Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}

/** A whole number as English writes it, `12,345`; `toLocaleString` loads the data of all languages first. */
export function inThousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A list in words: `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], conjunction: 'or' | 'and' = 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
