import { createTwoFilesPatch } from 'diff';
import type { FixedFile } from '../fixing';
import { relative } from '../paths';

/** What was changed in a file, as a unified diff that `git apply` and `patch -p1` take. */
export function unifiedDiff({ path, before, after }: FixedFile, cwd: string): string {
  const name = relative(cwd, path);
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
  });
  return patch.slice(patch.indexOf('--- '));
}
