// One at a time, where several suites are started at once.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const folder = join(import.meta.dirname, '../../out');

/** Runs `work` while no other process runs work of this name; a lock whose process is gone does not count. */
export async function alone(name, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  while (!take(file)) {
    if (isLeftOver(file)) rmSync(file, { force: true });
    else await pause(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A lock has its owner's name from its first moment on. */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, nameOf(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function isLeftOver(file) {
  try {
    const owner = readFileSync(file, 'utf8');
    return owner !== nameOf(Number(owner.split(' ')[0]));
  } catch (error) {
    // given back meanwhile
    return error.code !== 'ENOENT';
  }
}

/**
 * A process by its number and, where the system says it, when it was started, for numbers come again: in a new container
 * soon. `undefined` for one that is gone.
 */
function nameOf(pid) {
  try {
    const start = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\)/s, '').split(' ')[20];
    return `${pid} ${start}`;
  } catch {
    return isAlive(pid) ? String(pid) : undefined;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
