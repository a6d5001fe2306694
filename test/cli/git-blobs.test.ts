import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Blobs } from '../../server/src/cli/git-blobs';
import { isCollected } from '../engine/garbage';

const id = 'a'.repeat(40);

/** What `git cat-file --batch` writes of contents. */
const written = (contents: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    contents.flatMap((bytes) => [Buffer.from(`${id} blob ${bytes.length}\n`), bytes, Buffer.from('\n')]),
  );

/** What is taken from bytes that come in pieces of these lengths, again and again. */
function taken(bytes: Buffer, lengths: readonly number[]): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  const blobs = new Blobs((content) => found.push(content && Buffer.from(content).toString('latin1')));
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = at + lengths[i % lengths.length]!;
    blobs.push(bytes.subarray(at, end));
    at = end;
  }
  blobs.end();
  return found;
}

test('contents are taken whole, in whatever pieces they come', () => {
  const contents = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constant(Buffer.from('x blob 3\n\n')),
      // so many are looked at before all are there
      fc.integer({ min: 0, max: 100_000 }).map((length) => Buffer.alloc(length, '1\n')),
    ),
  );
  const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200_000 })), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(contents, lengths, (all, pieces) => {
      const texts = all.map((bytes) => Buffer.from(bytes).toString('latin1'));
      expect(taken(written(all), pieces)).toEqual(texts);
    }),
  );
});

test('one that is too large is passed over, and those behind it are taken', () => {
  const large = Buffer.alloc(17 * 1024 * 1024, 'x');
  const bytes = written([Buffer.from('before'), large, Buffer.from('behind')]);
  for (const piece of [bytes.length, 64 * 1024, 1_000_003]) {
    expect(taken(bytes, [piece])).toEqual(['before', undefined, 'behind']);
  }
});

test('what git does not have is not taken for something else', () => {
  const bytes = Buffer.concat([Buffer.from(`${id} missing\n`), written([Buffer.from('there')])]);
  expect(taken(bytes, [10])).toEqual(['there']);
});

test('one that is too large is not held in memory while it is passed over', async () => {
  const blobs = new Blobs(() => {});
  blobs.push(Buffer.from(`${id} blob ${1024 * 1024 * 1024}\n`.padEnd(100_000)));
  const passed = (): WeakRef<object> => {
    const bytes = new ArrayBuffer(1024);
    blobs.push(Buffer.from(bytes));
    return new WeakRef(bytes);
  };
  expect(await isCollected(passed())).toBe(true);
  blobs.push(Buffer.of()); // still there
});
