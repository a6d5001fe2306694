import { expect, test } from 'vitest';
import { inThousands } from '../../server/src/syntax/shown';

test.each([0, 7, 999, 1000, 12_345, 100_000, 1_234_567, Number.MAX_SAFE_INTEGER])(
  '%d is written as English writes it',
  (count) => expect(inThousands(count)).toBe(count.toLocaleString('en')),
);
