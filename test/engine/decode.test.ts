import { describe, expect, test } from 'vitest';
import { decode, maxBytes, tooLarge } from '../../server/src/syntax/decode';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decode', () => {
  test('reads UTF-8 of one to four bytes a character', () => {
    expect(decode(utf8('a–ü–語–😀'))).toEqual({ text: 'a–ü–語–😀', bom: false });
  });

  test('reads over a byte order mark and remembers it', () => {
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toEqual({ text: '{}', bom: true });
  });

  test('keeps a mark that does not lead', () => {
    expect(decode(utf8('{\ufeff}'))).toEqual({ text: '{\ufeff}', bom: false });
  });

  test('reads a file of no bytes', () => {
    expect(decode(bytes())).toEqual({ text: '', bom: false });
  });

  test.each([
    ['a stray byte', [0x7b, 0xff, 0x7d]],
    ['a sequence cut off', [0x7b, 0xe2, 0x82]],
    ['a longer form than needed', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['more than Unicode has', [0xf4, 0x90, 0x80, 0x80]],
  ])('refuses %s', (_what, values) => {
    expect(decode(bytes(...values))).toMatchObject({ fault: 'not-utf8' });
  });

  test.each([
    ['little-endian with mark', [0xff, 0xfe, 0x7b, 0x00]],
    ['big-endian with mark', [0xfe, 0xff, 0x00, 0x7b]],
    ['little-endian', [0x7b, 0x00, 0x7d, 0x00]],
    ['big-endian', [0x00, 0x7b, 0x00, 0x7d]],
  ])('knows UTF-16, %s', (_what, values) => {
    expect(decode(bytes(...values))).toMatchObject({
      fault: 'utf16',
      message: expect.stringMatching(/UTF-16/),
    });
  });

  test('takes a stray zero byte for what an editor takes it for: a character', () => {
    expect(decode(bytes(0x7b, 0x00, 0x22, 0x61))).toEqual({ text: '{\0"a', bom: false });
    expect(decode(bytes(0x00, 0x7b, 0x7d))).toEqual({ text: '\0{}', bom: false });
  });

  test('takes 1 MiB and refuses a byte more', () => {
    expect(decode(new Uint8Array(maxBytes).fill(0x20))).toMatchObject({ bom: false });
    expect(decode(new Uint8Array(maxBytes + 1).fill(0x20))).toMatchObject({ fault: 'too-large' });
  });

  test('takes a faster way where it is given one', () => {
    expect(decode(utf8('{}'), () => '\ufeff[]')).toEqual({ text: '[]', bom: true });
    expect(decode(utf8('{}'), () => undefined)).toMatchObject({ fault: 'not-utf8' });
  });
});

describe('tooLarge', () => {
  test.each([
    ['ASCII', 'a', maxBytes],
    ['two bytes', 'ü', maxBytes / 2],
    ['four bytes', '😀', maxBytes / 4],
  ])('counts bytes, not characters: %s', (_what, character, most) => {
    expect(tooLarge(character.repeat(most))).toBeUndefined();
    expect(tooLarge(character.repeat(most + 1))).toMatchObject({ fault: 'too-large' });
  });
});
