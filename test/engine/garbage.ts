import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Whether something that nobody should hold any more is let go of. */
export async function isCollected(held: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 10; i++) {
    // what a WeakRef was made of is held until the turn ends
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    if (held.deref() === undefined) return true;
  }
  return false;
}
