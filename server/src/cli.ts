import { exit } from './cli/io';
import { fault, main } from './cli/main';
import { nodeIo } from './cli/node-io';

const io = nodeIo();
main(process.argv.slice(2), io, () => import('./node')).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    io.stderr.write(fault(error));
    process.exitCode = exit.fault;
  },
);
