import type { Io } from './io';

/** Counts documents, and says so on a terminal once the work has taken a second. */
export function progress(io: Io): { readonly tick: () => void; readonly done: () => void } {
  if (!io.stderr.isTTY) return { tick: () => {}, done: () => {} };
  const start = io.now();
  let count = 0;
  let last = start;
  let said = false;
  return {
    tick() {
      if (++count % 64 !== 0) return;
      const now = io.now();
      if (now - start < 1000 || now - last < 100) return;
      last = now;
      said = true;
      io.stderr.write(`\r${count} documents judged`);
    },
    done() {
      if (said) io.stderr.write('\r\x1b[K');
    },
  };
}
