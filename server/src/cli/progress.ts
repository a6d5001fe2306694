import type { Io } from './io';

/** Says on a terminal how far the work is, once it has taken a second. */
export interface Progress {
  /** To be called for every document that was `read` or `judged`. */
  readonly tick: (what: 'read' | 'judged') => void;
  /** Clears the line. */
  readonly done: () => void;
}

const silent: Progress = { tick: () => {}, done: () => {} };

export function progress(io: Io): Progress {
  if (!io.stderr.isTTY) return silent;
  const start = io.now();
  const counts = { read: 0, judged: 0 };
  let last = start;
  let said = false;
  return {
    tick(what) {
      if (++counts[what] % 64 !== 0) return;
      const now = io.now();
      if (now - start < 1000 || now - last < 100) return;
      last = now;
      said = true;
      io.stderr.write(`\r\x1b[K${counts[what]} documents ${what}`);
    },
    done() {
      if (said) io.stderr.write('\r\x1b[K');
    },
  };
}
