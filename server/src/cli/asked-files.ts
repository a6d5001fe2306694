import { below, join } from '../project/discover';
import { loadProject } from '../project/load';
import type { Io } from './io';
import { strangers } from './judged';
import { isAsked, rulesFor, Selection, type Surroundings } from './selection';

/**
 * The policies, devices and configs that paths stand for, as `validate` takes them: absolute, each once, in order.
 * Without paths, those of the current folder.
 */
export function askedFiles(
  io: Io,
  written: readonly string[],
  gitignore = true,
): readonly string[] | { readonly wrong: string } {
  const around: Surroundings = {
    files: io.files,
    cwd: io.cwd,
    fixed: undefined,
    rules: rulesFor(io.cwd, gitignore, true),
  };
  const selection = new Selection(around);
  for (const path of written.length > 0 ? written : ['.']) {
    const wrong = selection.add(path);
    if (wrong !== undefined) return { wrong };
  }
  const found = new Set<string>();
  // Projects nested in this one are added while the loop runs.
  for (const asked of selection.projects.values()) {
    const { home } = asked;
    const loaded = loadProject(io.files, home, around.rules);
    selection.addInner(asked, loaded.contents.inner);
    const extra = strangers(around, asked, loaded, false).map(({ path }) => path);
    const config = home.config === undefined ? [] : [below(home.root, home.config)!];
    const within = [...loaded.contents.documents, ...config].filter((path) => isAsked(asked, path));
    for (const path of [...within, ...extra]) found.add(join(home.root, path));
  }
  return [...found].sort();
}
