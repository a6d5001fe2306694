import { exit, OutputFailed, refuse } from './cli/io';
import { fault, main } from './cli/main';
import { nodeIo } from './cli/node-io';

const io = nodeIo();
main(process.argv.slice(2), io, () => import('./node')).then(
  // At once: all is written, and going back to the event loop would collect garbage first.
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof OutputFailed)
      process.exit(refuse(io, `cannot write to standard output: ${error.message}`));
    io.stderr.write(fault(error));
    process.exit(exit.fault);
  },
);
