import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeIo } from '../../server/src/cli/node-io';
import { folderWith, read } from './command';

test("what a killed process of the same number left behind is in nobody's way", () => {
  const folder = folderWith({ a: 'old', [`.a.${process.pid}.tmp`]: 'half' });
  expect(nodeIo().write(join(folder, 'a'), 'new')).toBeUndefined();
  expect(read(folder, 'a')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a']);
});
