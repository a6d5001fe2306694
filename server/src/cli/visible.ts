import { escapeInvisible } from '../syntax/shown';

/**
 * A text from a file, or about one, as a single line that people read: control characters (line ends too), what
 * turns the direction of text and what can't be seen stand there as `\uXXXX`, so that nothing looks like
 * something else and no terminal obeys a file.
 */
export function visible(text: string): string {
  // What Unicode keeps free of characters is not to be seen either, and XML can't hold it.
  return escapeInvisible(text).replace(
    /[\ufdd0-\ufdef\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  );
}

// Wide and full-width characters of East Asia, and what is shown as a picture: two columns each.
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;
const mark = /^[\p{Mn}\p{Me}]/u;
const pictureSelector = '\ufe0f';

/** How many columns of a terminal a character (a code point) takes, `next` being the one behind it. */
export function columnsOf(character: string, next?: string): number {
  if (character.length === 1 && character < '\u0300') return 1;
  if (mark.test(character)) return 0;
  return next === pictureSelector || wide.test(character) ? 2 : 1;
}

/** How many columns of a terminal a visible text takes. */
export function widthOf(text: string): number {
  const characters = [...text];
  return characters.reduce((sum, character, i) => sum + columnsOf(character, characters[i + 1]), 0);
}
