import { below, folderOf, join } from '../project/discover';

/** What a path of a commit is. */
export type Step = { readonly target: string | undefined } | 'file' | 'folder' | undefined;

/** So many links are followed to one file: as many as Linux follows. */
const mostLinks = 40;
/** Targets that are longer together lead nowhere: a hostile one shall not be walked again and again. */
const longestTargets = 4096;

/**
 * Where a path of a commit leads once its links are followed; `undefined` if nowhere, or in a circle. Where it leads
 * out of the commit's folder, that is the folder above it: what is there is not known.
 * @param top that folder, absolute @param at what is at a path below it, where links were followed up to the last part
 */
export function followed(top: string, path: string, at: (path: string) => Step): string | undefined {
  const outside = folderOf(top);
  const inside = below(top, path);
  if (inside === undefined) return undefined;
  const left = backwards(inside);
  let real = top;
  let links = 0;
  let length = 0;
  while (left.length > 0) {
    const name = left.pop()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (real === top) return outside;
      real = folderOf(real);
      continue;
    }
    const step = at(join(real, name));
    if (step === undefined) return undefined;
    if (typeof step === 'string') {
      real = join(real, name);
      continue;
    }
    const { target } = step;
    if (target === undefined || ++links > mostLinks) return undefined;
    length += target.length;
    if (length > longestTargets) return undefined;
    if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) {
      const within = below(top, target);
      if (within === undefined) return outside;
      left.push(...backwards(within));
      real = top;
    } else left.push(...backwards(target));
  }
  return real;
}

const backwards = (path: string): string[] => path.split('/').reverse();
