import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runGit } from '../../server/src/cli/git';

describe('git that is read while it writes', () => {
  const here = resolve('.');
  const nothing = (): void => {};

  test('gives what it wrote, or its reason', async () => {
    const pieces: Buffer[] = [];
    expect(await runGit(here, ['--version'], '', (piece) => pieces.push(piece))).toBeUndefined();
    expect(Buffer.concat(pieces).toString()).toMatch(/^git version /);
    expect(await runGit(here, ['no-such-command'], '', nothing)).toMatch(/no-such-command/);
    expect(await runGit(resolve('no-such-folder'), ['--version'], '', nothing)).toMatch(/ENOENT/);
  });

  test('and a reader that fails, fails for whoever waits for it', async () => {
    const failing = (): void => {
      throw new Error('a fault of the reader');
    };
    await expect(runGit(here, ['--version'], '', failing)).rejects.toThrow('a fault of the reader');
  });
});
