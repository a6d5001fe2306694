/** How many bytes a document may have. */
export const maxBytes = 1_048_576;

/** Turns UTF-8 into text and keeps a byte order mark; `undefined` where the bytes are not UTF-8. */
export type FromUtf8 = (bytes: Uint8Array) => string | undefined;

export type DecodeFault = 'not-utf8' | 'utf16' | 'too-large';

/** A file's text, without the byte order mark that may lead it; or why there is none, in words. */
export type Decoded =
  | { readonly text: string; readonly bom: boolean }
  | { readonly fault: DecodeFault; readonly message: string };

const words: Record<DecodeFault, string> = {
  'not-utf8': 'The file is not UTF-8: nothing in it is validated until it is saved as UTF-8.',
  utf16: 'The file is UTF-16: nothing in it is validated until it is saved as UTF-8.',
  'too-large': 'The file is larger than 1 MiB: it is not read, and nothing in it is validated.',
};

/**
 * The text of a document. Offsets count from behind a byte order mark; whoever writes the text back puts the
 * mark before it again.
 * @param fromUtf8 a faster way than the platform's `TextDecoder`, where there is one
 */
export function decode(bytes: Uint8Array, fromUtf8: FromUtf8 = platformUtf8): Decoded {
  if (bytes.length > maxBytes) return fault('too-large');
  if (isUtf16(bytes)) return fault('utf16');
  const text = fromUtf8(bytes);
  if (text === undefined) return fault('not-utf8');
  const bom = text.charCodeAt(0) === 0xfeff;
  return { text: bom ? text.slice(1) : text, bom };
}

/** Why a text can't be a document; `undefined` where its size is no reason. */
export function tooLarge(
  text: string,
): { readonly fault: DecodeFault; readonly message: string } | undefined {
  if (text.length * 3 <= maxBytes) return undefined;
  return text.length > maxBytes || utf8Length(text) > maxBytes ? fault('too-large') : undefined;
}

const fault = (what: DecodeFault): { fault: DecodeFault; message: string } => ({
  fault: what,
  message: words[what],
});

// A byte order mark, or a zero byte beside each of the first two characters: JSON begins with ASCII.
function isUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 2) return false;
  const [first, second] = [bytes[0]!, bytes[1]!];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const isAlike =
    bytes.length === 2 || ((bytes[2] === 0) === (first === 0) && (bytes[3] === 0) === (second === 0));
  return isAlike && (first === 0) !== (second === 0);
}

let decoder: TextDecoder | undefined;
/** The platform's own way. */
export function platformUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // Either half of a surrogate pair counts two of its four bytes.
    length += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
  }
  return length;
}
