/** A JSON Pointer (RFC 6901): `''` is the whole document, `/ksn/enabled` a member of a member. */
export type Pointer = string;

/** The pointer to a member or an array item below `parent`. */
export function child(parent: Pointer, token: string | number): Pointer {
  return `${parent}/${typeof token === 'number' || !/[~/]/.test(token) ? token : escaped(token)}`;
}

const escaped = (token: string): string => token.replace(/~/g, '~0').replace(/\//g, '~1');
const unescaped = (token: string): string => token.replace(/~1/g, '/').replace(/~0/g, '~');

/** The unescaped tokens of a pointer; none for the document itself. */
export function tokens(pointer: Pointer): string[] {
  if (pointer === '') return [];
  const written = pointer.slice(1).split('/');
  // hardly any name has a character that is escaped
  return pointer.includes('~') ? written.map(unescaped) : written;
}

/** The pointer of the enclosing value; `undefined` for the document itself. */
export function parentPointer(pointer: Pointer): Pointer | undefined {
  return pointer === '' ? undefined : pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The last token, unescaped; `undefined` for the document itself. */
export function lastToken(pointer: Pointer): string | undefined {
  return tokens(pointer).at(-1);
}
