// One at a time, where several suites are started at once.
import { mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';
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

function take(file) {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isLeftOver(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // taken this very moment, or given back meanwhile
    if (owner === 0) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
