import { dirname, relative, resolve } from 'node:path';

/**
 * An esbuild plug-in: where a bundle asks by `import()` for a source that has a bundle of its own, it is left
 * to load that one at run time.
 * @param {{from: string, to: string}} bundle the bundle being made
 * @param {readonly {from: string, to: string}[]} all every bundle
 */
export function lazy(bundle, all) {
  // A source may have a bundle in each package: the one of this bundle's own is meant.
  const top = bundle.to.slice(0, bundle.to.indexOf('dist/'));
  const own = new Map(
    all.filter(({ to }) => to.startsWith(`${top}dist/`)).map(({ from, to }) => [resolve(from), to]),
  );
  return {
    name: 'lazy',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
        const to = kind === 'dynamic-import' ? own.get(`${resolve(resolveDir, path)}.ts`) : undefined;
        if (to === undefined) return undefined;
        const target = relative(dirname(bundle.to), to).replaceAll('\\', '/');
        return { path: target.startsWith('.') ? target : `./${target}`, external: true };
      });
    },
  };
}
