import { exit, refuse, type Io } from './io';
import { meant } from './options';
import { version } from './version';

/** A command: its line in the help, and what runs it. Only the asked one is loaded. */
interface Command {
  readonly summary: string;
  readonly load: () => Promise<{
    run(args: readonly string[], io: Io, serve: () => Promise<unknown>): Promise<number> | number;
  }>;
}

const commands: Readonly<Record<string, Command>> = {
  validate: {
    summary: 'validate policies and devices (the main job)',
    load: () => import('./commands/validate'),
  },
  effective: {
    summary: 'which KSN settings are in force, what becomes of KSN on hosts, and why',
    load: async () => (await import('./lazy/insight')).effective,
  },
  plan: {
    summary: 'what an update of the plug-in or of agents would do',
    load: async () => (await import('./lazy/insight')).plan,
  },
  diff: {
    summary: 'what a change means, between revisions or folders',
    load: async () => (await import('./lazy/insight')).diff,
  },
  report: {
    summary: 'the inventory of the estate, also as one HTML page',
    load: async () => (await import('./lazy/insight')).report,
  },
  runbook: {
    summary: 'the steps that carry a policy into the console',
    load: async () => (await import('./lazy/insight')).runbook,
  },
  accept: {
    summary: 'record an acceptance of the KSN Statement, after a confirmation on the terminal',
    load: async () => (await import('./lazy/commands')).accept,
  },
  init: {
    summary: 'make a config and a first policy, or the files of a table from the console',
    load: async () => (await import('./lazy/commands')).init,
  },
  format: {
    summary: 'lay files out',
    load: async () => (await import('./lazy/commands')).format,
  },
  rules: {
    summary: 'list the rules, or document one',
    load: async () => (await import('./lazy/commands')).rules,
  },
  schema: {
    summary: 'print a JSON Schema',
    load: async () => (await import('./lazy/commands')).schema,
  },
  'language-server': {
    summary: 'serve an editor (--stdio)',
    load: async () => (await import('./lazy/commands')).languageServer,
  },
};

const help = `kea-policy ${version}: Kaspersky Endpoint Agent policies as code (unofficial)

Usage: kea-policy COMMAND [options]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(16)}  ${summary}\n`)
  .join('')}
kea-policy COMMAND --help says more; --version prints the version.
`;

const noServer = (): Promise<never> => Promise.reject(new Error('there is no language server here'));

/**
 * Runs the command line. Returns the exit code; a fault of the program rejects.
 * @param serve starts the language server, which takes the process over
 */
export async function main(
  args: readonly string[],
  io: Io,
  serve: () => Promise<unknown> = noServer,
): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version') {
    io.stdout.write(`${version}\n`);
    return exit.ok;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const about =
      first === 'help' && rest[0] !== undefined && Object.hasOwn(commands, rest[0]) ? rest[0] : undefined;
    if (about !== undefined) return (await commands[about]!.load()).run(['--help'], io, serve);
    (first === undefined ? io.stderr : io.stdout).write(help);
    return first === undefined ? exit.usage : exit.ok;
  }
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (!command) {
    const isOption = first.startsWith('-');
    const [what, known, dashes] = isOption
      ? (['option', ['help', 'version'], '--'] as const)
      : (['command', Object.keys(commands), ''] as const);
    return refuse(io, `unknown ${what} ${first}${meant(first, known, dashes) || '; see kea-policy --help'}`);
  }
  return (await command.load()).run(rest, io, serve);
}

/** What a fault of the program says on standard error. */
export function fault(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `kea-policy ${version}: this is a fault of the program, not of your files.
Please report it with the lines below and the command that you ran:
${text}
`;
}
