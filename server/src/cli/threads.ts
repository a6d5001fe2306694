import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Document } from '../project/document';
import { RowReader, type Rows } from './rows';

/** How many documents are handed out at a time. */
export const chunkSize = 250;

/** What a reading thread is started with. */
export interface ReadingTask {
  readonly root: string;
  /** Paths within the project, with NUL between. */
  readonly documents: string;
  /** Shared by all: the next chunk to take, and a counter that wakes up whoever waits for chunks. */
  readonly shared: SharedArrayBuffer;
}

/** What a reading thread sends for a chunk. */
export interface ReadChunk {
  readonly chunk: number;
  readonly rows: Rows;
}

/** How long no thread may finish a chunk before this one takes over what is missing. */
const patience = 5_000;

/**
 * Reads documents in this thread and others at once. The others read what is in order; everything unusual, and
 * all that a thread fails to deliver, is read here, so that the answer is that of one thread.
 * @param threads how many others
 */
export function readWithThreads(
  root: string,
  documents: readonly string[],
  read: (path: string) => Document,
  threads: number,
  program: string,
): Document[] {
  const chunks = Math.ceil(documents.length / chunkSize);
  const shared = new SharedArrayBuffer(8);
  const counters = new Int32Array(shared);
  const task: ReadingTask = { root, documents: documents.join('\0'), shared };
  const others = Array.from({ length: threads }, () => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(program, { workerData: { ...task, port: port2 }, transferList: [port2] });
    worker.on('error', () => {}); // what it does not deliver is read here
    return { worker, port: port1, reader: new RowReader() };
  });
  const read_: (Document[] | undefined)[] = new Array<undefined>(chunks);
  let missing = chunks;
  const pathsOf = (chunk: number): readonly string[] =>
    documents.slice(chunk * chunkSize, (chunk + 1) * chunkSize);
  const put = (chunk: number, made: () => Document[]): void => {
    if (read_[chunk]) return;
    read_[chunk] = made();
    missing--;
  };
  const receive = (): boolean => {
    let any = false;
    for (const { port, reader } of others) {
      for (let got = receiveMessageOnPort(port); got; got = receiveMessageOnPort(port)) {
        any = true;
        const { chunk, rows } = got.message as ReadChunk;
        const facts = reader.read(rows);
        const paths = pathsOf(chunk);
        put(chunk, () => paths.map((path, i) => documentOf(path, facts[i]) ?? read(path)));
      }
    }
    return any;
  };
  for (let chunk = Atomics.add(counters, 0, 1); chunk < chunks; chunk = Atomics.add(counters, 0, 1)) {
    put(chunk, () => pathsOf(chunk).map(read));
    receive();
  }
  while (missing > 0) {
    const before = Atomics.load(counters, 1);
    if (receive()) continue;
    if (Atomics.wait(counters, 1, before, patience) !== 'timed-out' || receive()) continue;
    for (let chunk = 0; chunk < chunks; chunk++) put(chunk, () => pathsOf(chunk).map(read));
  }
  for (const { worker, port } of others) {
    port.close();
    worker.unref();
    void worker.terminate();
  }
  return read_.flatMap((some) => some!);
}

const none: Document['problems'] = Object.freeze([]);

function documentOf(path: string, facts: Document['facts']): Document | undefined {
  return facts && { path, facts, problems: none };
}
