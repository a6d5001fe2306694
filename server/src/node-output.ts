import { Writable } from 'node:stream';

/**
 * An output that writes in one go what is written to it two by two, or in one turn: a message's header and its body
 * are two writes, and each would wake the reader up.
 */
export function joined(output: NodeJS.WritableStream): Writable {
  let waiting: Buffer[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const chunks = waiting;
    waiting = [];
    output.write(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (waiting.push(chunk) === 1) setImmediate(flush);
      else flush();
      done();
    },
  });
}
