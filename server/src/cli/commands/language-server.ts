import { documentationBase } from '../../rules/documentation';
import { exit, refuse, type Io } from '../io';

const usage = `Usage: kea-policy language-server --stdio

The language server, for editors: it speaks the Language Server Protocol over standard input and output, or as the
editor asks otherwise (--node-ipc, --pipe=PATH, --socket=PORT). It ends with its client. How to set editors up:
${documentationBase}/editors/README.md
`;

/** Starts the language server and leaves the process to it. @param serve starts it, by the arguments of the process */
export async function run(args: readonly string[], io: Io, serve: () => Promise<unknown>): Promise<number> {
  if (args.includes('--help')) {
    io.stdout.write(usage);
    return exit.ok;
  }
  const transport = /^--(stdio|node-ipc|pipe[= ]\S.*|socket[= ]\d+)$/;
  // A value may be an argument of its own.
  if (!args.some((arg, i) => transport.test(arg) || transport.test(`${arg} ${args[i + 1] ?? ''}`))) {
    return refuse(io, 'language-server needs to know how to talk to its client: --stdio, or as --help says');
  }
  await serve();
  // It ends the process itself, when its client is gone.
  return new Promise<number>(() => {});
}
