import { workerData, type MessagePort } from 'node:worker_threads';
import { documentFrom, readingAids } from '../../project/load';
import { maxBytes } from '../../project/read-document';
import { nodeFiles } from '../node-files';
import { RowWriter } from '../rows';
import { chunkSize, type ReadChunk, type ReadingTask } from '../threads';

// A thread that reads documents: see ../threads.ts.
const { root, documents, shared, port } = workerData as ReadingTask & { readonly port: MessagePort };
const counters = new Int32Array(shared);
const paths = documents.split('\0');
const chunks = Math.ceil(paths.length / chunkSize);
const writer = new RowWriter();
const aids = readingAids(nodeFiles);
const folder = root.endsWith('/') ? root : `${root}/`;

for (let chunk = Atomics.add(counters, 0, 1); chunk < chunks; chunk = Atomics.add(counters, 0, 1)) {
  for (const path of paths.slice(chunk * chunkSize, (chunk + 1) * chunkSize)) {
    const bytes = nodeFiles.read(folder + path, maxBytes);
    if ('fault' in bytes) writer.skip();
    else writer.add(documentFrom(path, bytes, aids));
  }
  const message: ReadChunk = { chunk, rows: writer.take() };
  port.postMessage(message);
  Atomics.add(counters, 1, 1);
  Atomics.notify(counters, 1);
}
port.close();
