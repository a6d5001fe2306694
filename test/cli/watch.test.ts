import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { onChange } from '../../server/src/cli/lazy/watch';

const watcher = vi.hoisted(() => ({ events: undefined as EventEmitter | undefined }));
vi.mock('chokidar', () => ({
  watch: () => (watcher.events = Object.assign(new EventEmitter(), { close: () => Promise.resolve() })),
}));

test('what goes while the watch is set up has changed, what is just found has not', async () => {
  const since = Date.now();
  const changed = vi.fn(() => Promise.resolve());
  const watching = onChange(['/x'], (path) => path.endsWith('.kea-policy.json'), changed, since);
  const events = watcher.events!;
  events.emit('all', 'add', '/x/a.kea-policy.json', { ctimeMs: since - 60_000 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(changed).not.toHaveBeenCalled();
  events.emit('all', 'unlink', '/x/a.kea-policy.json');
  events.emit('ready');
  const stop = await watching;
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), 60_000);
  await stop();
});
